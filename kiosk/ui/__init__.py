"""How the station looks: the only room that speaks Qt."""

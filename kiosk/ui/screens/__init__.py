"""One file a screen: where its parts stand, for either hand."""

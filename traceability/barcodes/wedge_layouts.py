"""Keyboard layouts that are common on shop floors: only as much of each as tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

US: Final = "US"
# The signs on some keys of the US layout, and what the same keys type in another country.
_KEYS: Final = "qazym;'[]-/20@#"
_TYPES: Final = {
    US: _KEYS,
    "UK": "qazym;'[]-/20\"£",
    "German": 'qayzmöäü+ß-20"§',
    "Swiss German": "qayzmöäü¨'-20\"*",
    "Swiss French": "qayzméàè¨'-20\"*",
    "French": "aqwy,mù^$)!éà23",
    "Belgian": "aqwy,mù^$)=éà23",
    "Italian": "qazymòàè+'-20\"£",
    "Spanish": "qazymñ´`+'-20\"·",
    "Portuguese": "qazymçº+´'-20\"#",
    "Dutch": 'qazym+´¨*/-20"#',
    "Danish": 'qazymæøå¨+-20"#',
    "Norwegian": 'qazymøæå¨+-20"#',
    "Swedish or Finnish": 'qazymöäå¨+-20"#',
    "Estonian": 'qazymöäüõ+-20"#',
    "Icelandic": "qazymæ´ð'öþ20\"#",
    "Polish (214)": 'qayzmłążś+-20"#',
    "Czech": "qayzmů§ú)=-ěé23",
    "Czech (QWERTY)": "qazymů§ú)=-ěé23",
    "Slovak": "qayzmô§úä=-ľé23",
    "Slovak (QWERTY)": "qazymô§úä=-ľé23",
    "Slovenian or Croatian": "qayzmčćšđ'-20\"#",
    "Hungarian": 'qayzméáőúü-2ö"+',
    "Turkish (Q)": "qazymşiğü*.20'^",
    "Russian": "йфянь" + 'жэхъ-.20"№',
    "Greek": ";αζυμ΄'[]-/20@#",
}


def layouts(came: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the scanner's and the computer's layout that explain what `came` for each sign sent; None where none does.

    Scanners are set to US or to the computer's own layout; two equal layouts can't be told from two others.
    """
    for host, types in _TYPES.items():
        if all(came.get(sent) == typed for sent, typed in zip(_KEYS, types, strict=True)):
            return US, host
    for scanner, types in _TYPES.items():
        back = [(typed, sent) for sent, typed in zip(_KEYS, types, strict=True) if typed in came]
        if all(came[typed] == sent for typed, sent in back):
            return scanner, US
    return None, None

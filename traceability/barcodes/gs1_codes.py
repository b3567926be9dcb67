"""The closed code lists that GS1 elements refer to, written as ranges and groups to stay readable."""

from __future__ import annotations

from typing import Final


def _numbers(text: str) -> frozenset[str]:
    """Expand "8 12 700-702": three-digit codes, ranges inclusive."""
    codes: set[str] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        codes.update(f"{number:03}" for number in range(int(first), int(last or first) + 1))
    return frozenset(codes)


def _grouped(text: str) -> frozenset[str]:
    """Expand "A:BC D:EF,G": a first part and its endings; "-" is an empty one, a comma parts endings of several characters."""
    codes: set[str] = set()
    for group in text.split():
        start, _, endings = group.partition(":")
        parts = [part for part in endings.split(",") if part] if "," in endings else list(endings)
        codes.update(start + part.strip("-") for part in parts)
    return frozenset(codes)


#: ISO 3166-1 numeric: countries.
COUNTRY_NUMBERS: Final = _numbers(
    "4 8 10 12 16 20 24 28 31-32 36 40 44 48 50-52 56 60 64 68 70 72 74 76 84 86 90 92 96 100 104 108 112 116 120 124 132 136 140"
    " 144 148 152 156 158 162 166 170 174-175 178 180 184 188 191-192 196 203-204 208 212 214 218 222 226 231-234 238-239 242 246"
    " 248 250 254 258 260 262 266 268 270 275-276 288 292 296 300 304 308 312 316 320 324 328 332 334 336 340 344 348 352 356 360"
    " 364 368 372 376 380 384 388 392 398 400 404 408 410 414 417-418 422 426 428 430 434 438 440 442 446 450 454 458 462 466 470"
    " 474 478 480 484 492 496 498-500 504 508 512 516 520 524 528 531 533-535 540 548 554 558 562 566 570 574 578 580-581 583-586"
    " 591 598 600 604 608 612 616 620 624 626 630 634 638 642-643 646 652 654 659-660 662-663 666 670 674 678 682 686 688 690 694"
    " 702-706 710 716 724 728-729 732 740 744 748 752 756 760 762 764 768 772 776 780 784 788 792 795-796 798 800 804 807 818 826"
    " 831-834 840 850 854 858 860 862 876 882 887 894"
)

#: ISO 3166-1 alpha-2: countries.
COUNTRY_LETTERS: Final = _grouped(
    "A:DEFGILMOQRSTUWXZ B:ABDEFGHIJLMNOQRSTVWYZ C:ACDFGHIKLMNORUVWXYZ D:EJKMOZ E:CEGHRST F:IJKMOR G:ABDEFGHILMNPQRSTUWY H:KMNRTU"
    " I:DELMNOQRST J:EMOP K:EGHIMNPRWYZ L:ABCIKRSTUVY M:ACDEFGHKLMNOPQRSTUVWXYZ N:ACEFGILOPRUZ O:M P:AEFGHKLMNRSTWY Q:A R:EOSUW"
    " S:ABCDEGHIJKLMNORSTVXYZ T:CDFGHJKLMNORTVWZ U:AGMSYZ V:ACEGINU W:FS Y:ET Z:AMW"
)

#: ISO 4217 numeric: currencies.
CURRENCY_NUMBERS: Final = _numbers(
    "8 12 32 36 44 48 50-52 60 64 68 72 84 90 96 104 108 116 124 132 136 144 152 156 170 174 188 192 203 208 214 222 230 232 238"
    " 242 262 270 292 320 324 328 332 340 344 348 352 356 360 364 368 376 388 392 396 398 400 404 408 410 414 417-418 422 426 430"
    " 434 446 454 458 462 480 484 496 498 504 512 516 524 532-533 548 554 558 566 578 586 590 598 600 604 608 634 643 646 654 682"
    " 690 702 704 706 710 728 748 752 756 760 764 776 780 784 788 800 807 818 826 834 840 858 860 882 886 901 924-930 933-934 936"
    " 938 940-941 943-944 946-953 955-965 967-973 975-981 984-986 990 994 997 999"
)

#: UN/CEFACT Recommendation 21 package codes, with GS1's own three-character ones.
PACKAGE_TYPES: Final = _grouped(
    "1:ABDFGW 2:C 3:AH 4:34ABCDFGH 5:HLM 6:HP 7:AB 8:-ABC 9:- A:ABCDFGHIJLMPTV B:4BCDEFGHIJKLMNOPQRSTUVWXYZ C:ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    " D:ABCGHIJKLMNPRSTUVWXY E:123CDEFGHIN F:BCDEILOPRTWX G:BILRUYZ H:ABCGNR I:ABCDEFGHKLNZ J:BCGRTY K:GI L:EGTUVZ M:ABCERSTWX"
    " N:AEFGSTUV O:ABCDEFKTU P:2ABCDEFGHIJKLNOPRTUVXYZ Q:ABCDFGHJKLMNPQRS R:DGJKLOTZ S:1ABCDEHIKLMOPSTUVWXYZ T:1BCDEGIKLNORSTUVWYZ"
    " U:CN V:AGIKLNOPQRSY W:ABCDFGHJKLMNPQRSTUVWXYZ X:3ABCDFGHJK Y:ABCDFGHJKLMNPQRSTVWXYZ Z:ABCDFGHJKLMNPQRSTUVWXYZ"
    " 20:0123456 21:012 A:PE, B:GE,ME,RI C:BL,CE D:PE, F:OB,PE L:AB, M:PE, O:PE, P:AE,LP,OP,PE,UE R:B1,B2,B3,CB S:EC,TL T:EV,HE,RE,TE,WE"
    " U:UE, W:RP, X1:125 X1:6789 X2:0"
)

#: GS1 General Specifications, AI (7241): what carries the data; 80 to 99 are for private use.
MEDIA_TYPES: Final = frozenset(f"{number:02}" for number in (*range(1, 11), *range(80, 100)))

#: ISO/IEC 5218.
SEXES: Final = frozenset("0129")

WINDINGS: Final = frozenset("019")

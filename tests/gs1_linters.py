"""GS1's names of component checks, and ours: two suites judge by them."""

from __future__ import annotations

from typing import Final

from traceability.barcodes import gs1_checks as checks
from traceability.barcodes import gs1_coupons as coupons

LINTERS: Final = {
    "couponcode": coupons.coupon,
    "couponposoffer": coupons.offer,
    "cset39": checks.set39,
    "cset64": checks.set64,
    "cset82": checks.set82,
    "csetnumeric": lambda text: checks.digits(text) if text else None,
    "csum": checks.mod10,
    "csumalpha": checks.pair,
    "gcppos1": checks.owner1,
    "gcppos2": checks.owner2,
    "hasnondigit": checks.not_number,
    "hh": checks.hour,
    "hhmi": checks.time,
    "hyphen": checks.hyphens,
    "iban": checks.iban,
    "importeridx": checks.importer,
    "iso3166": checks.country,
    "iso3166999": checks.processor_country,
    "iso3166alpha2": checks.country_letters,
    "iso4217": checks.currency,
    "iso5218": checks.sex,
    "latitude": checks.latitude,
    "longitude": checks.longitude,
    "mediatype": checks.media,
    "mi": checks.minute,
    "nonzero": checks.nonzero,
    "nozeroprefix": checks.no_leading_zero,
    "packagetype": checks.package,
    "pcenc": checks.percent,
    "pieceoftotal": checks.piece,
    "posinseqslash": checks.birth_order,
    "ss": checks.second,
    "winding": checks.winding,
    "yesno": checks.flag,
    "yymmdd": checks.day,
    "yymmd0": checks.day0,
    "yyyymmdd": checks.full_day,
    "yyyymmd0": checks.full_day0,
    "zero": checks.zero,
}

"""No text says how a matter will be decided: guidance has no decision-making power."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.catalogue.draft import Draft
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.walk import words

PROMISES = {
    "fi": (
        r"saat (?:varmasti|aina|taatusti)",
        r"varmasti saat",
        r"saat (?:oleskelu|työ)luvan\b",
        r"saat kansalaisuuden",
        r"sinulle myönnetään",
        r"hakemuksesi hyväksytään",
        r"(?:lupaamme|takaamme)\b",
        r"päätös on myönteinen",
    ),
    "sv": (
        r"du kommer att (?:få|beviljas)",
        r"du får (?:säkert|garanterat|alltid)",
        r"du beviljas",
        r"din ansökan (?:godkänns|kommer att godkännas)",
        r"vi (?:lovar|garanterar)",
        r"garanterat\b",
    ),
    "en": (
        r"you will (?:get|be granted|certainly|definitely|always)",
        r"you are (?:guaranteed|sure to)",
        r"(?:will be|is) (?:approved|granted) (?:to you|for sure)",
        r"your application will be (?:approved|accepted)",
        r"we (?:promise|guarantee)",
    ),
    "et": (
        r"(?:saate|saad) (?:kindlasti|alati|garanteeritult)",
        r"teile (?:kindlasti )?antakse luba",
        r"teie taotlus rahuldatakse",
        r"me (?:lubame|tagame)\b",
    ),
    "ru": (
        r"вы (?:обязательно|точно|гарантированно|непременно) получите",
        r"вам (?:обязательно|точно) (?:дадут|одобрят)",
        r"ваше заявление (?:одобрят|будет одобрено)",
        r"мы (?:обещаем|гарантируем)",
    ),
    "uk": (
        r"ви (?:обов.язково|точно|гарантовано) отримаєте",
        r"вам (?:обов.язково|точно) (?:дадуть|схвалять)",
        r"вашу заяву (?:схвалять|буде схвалено)",
        r"ми (?:обіцяємо|гарантуємо)",
    ),
    "ar": (
        r"ستحصل (?:حتم|بالت[أا]كيد|دائم)",
        r"(?:سيتم|سوف يتم) قبول طلبك",
        r"نضمن لك",
        r"نعدك",
    ),
    "fa": (
        r"(?:حتماً?|قطعاً?|مطمئناً) (?:دریافت|می.?گیرید|خواهید گرفت)",
        r"درخواست شما (?:تأیید|پذیرفته) می.?شود",
        r"(?:تضمین می.?کنیم|قول می.?دهیم)",
    ),
    "so": (
        r"(?:hubaal|xaqiiqdii) waad (?:heli|heleysaa)",
        r"codsigaaga waa la (?:ogolaan|aqbali) doonaa",
        r"waxaan kuu ballan ?qaad",
    ),
    "tr": (
        r"(?:kesinlikle|mutlaka|her zaman) (?:alacaksınız|alırsınız)",
        r"başvurunuz (?:kabul edilecek|onaylanacak)",
        r"(?:söz veriyoruz|garanti ediyoruz)",
    ),
    "es": (
        r"(?:recibirá|obtendrá|le darán) (?:seguro|siempre|con seguridad)",
        r"seguro que (?:recibe|recibirá|obtendrá)",
        r"su solicitud será (?:aprobada|aceptada)",
        r"(?:prometemos|garantizamos)",
    ),
    "fr": (
        r"vous (?:recevrez|obtiendrez) (?:sûrement|certainement|toujours)",
        r"votre demande sera (?:acceptée|approuvée)",
        r"nous (?:promettons|garantissons)",
    ),
    "zh": (
        r"(?:一定|肯定|保证)(?:会|能)?(?:获得|得到|拿到|批准)",
        r"您的申请(?:将|会)(?:获批|被批准)",
        r"我们(?:保证|承诺)",
    ),
}
"""Language -> phrases, as regular expressions, that promise how a matter will be decided."""

_UNSPACED = frozenset({"zh"})


def _any(language: str) -> re.Pattern[str]:
    """Any of the phrases, from a word's beginning where the language has spaces."""
    start = "" if language in _UNSPACED else r"\b"
    return re.compile(rf"{start}(?:{'|'.join(PROMISES[language])})", re.IGNORECASE)


_PROMISES = {language: _any(language) for language in PROMISES}


@lru_cache(maxsize=50_000)
def _promised(language: str, text: str) -> tuple[str, ...]:
    """The phrases in a text; remembered, because a reload reads the same texts again."""
    pattern = _PROMISES.get(language)
    return tuple(match.group() for match in pattern.finditer(text)) if pattern else ()


def check(draft: Draft, report: Report) -> None:
    """Warns about every phrase found in what residents read."""
    for wording in words(draft):
        for phrase in _promised(wording.language, wording.text):
            mend = "guidance decides nothing: say who decides and what is looked at"
            report.warn(*wording.found(phrase), f"{shown(phrase)} promises an outcome", mend)

"""Words so short and common that everyone knows their vowels, each with its spellings, the commonest first."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "ar": """
من min mn men
في fi
على 3ala 3la ala
إلى ila ela
الى ila ela
عن 3an 3n an
ما ma
ماذا matha maza
كيف kif kayf keef kef
أين ayn wayn
وين wen wein ween win
متى mata
هل hal
لا la
أنا ana
انا ana
أنت enta inta
هو howa huwa hoa
هي hiya heya hia
مع ma3 m3 maa
هذا hatha haza hada
هذه hathihi hazihi hadi
أريد areed orid uridu arid
اريد areed orid uridu arid
بدي bedi biddi badi bdy
ابغى abgha abi
أبغى abgha abi
عايز 3ayez 3ayz ayez
عايزة 3ayza
شو shu shou sho
ايش esh eish
إيش esh eish
ليش lesh leish
ليه leh leeh
لو law lw
كم kam
عندي 3endi 3andi 3ndi endi
لازم lazem lazim
ممكن momken mumkin momkin
بس bas bs
أو aw
او aw
أن an enno
إن in enna
إذا iza itha
اذا iza itha
ابني ebni ibni
ابنتي bnti ibnati
زوجي zawji zoji jozi
زوجتي zawjti zawjati
هون hon houn
هنا hona huna
شكرا shukran shokran
مرحبا mar7aba marhaba
سلام salam slm
السلام assalam assalamu
عليكم alaikum 3alaykom 3likom
مش msh mesh mish
لسا lessa lsa
كل kol kul
يا ya
و w wa u
""",
    "fa": """
من man
تو to too
او oo u
ما ma
شما shoma
به be
با ba
از az
در dar
را ra ro
رو ro ru
که ke
چه che
چی chi
چیه chie chiye
هم ham
یا ya
تا ta
و va o
می mi
نمی nemi
است ast
هست hast
نیست nist
این in
اینجا inja
ایران iran
آن an
شد shod
درد dard
میخوام mikham mikhaam
میخواهم mikhaham
اون oon un
برای baraye baray
برا bara
چطور chetor chetori
چگونه chegune chegoone
چجوری chejoori chejuri
کجا koja
کی key ki
باید bayad
خود khod
خودم khodam
دارم daram
ندارم nadaram
کنم konam
کنیم konim
کنید konid
شود shavad
شده shode
بشه beshe
میشه mishe
بچه bache bacheh
سلام salam
ممنون mamnoon mamnun
لطفا lotfan
لطفاً lotfan
اگر agar
اگه age ageh
یک yek
یه ye
خانه khane khoone
خونه khoone khune
کار kar
پول pool pul
خیلی kheyli kheili
هنوز hanooz hanuz
الان alan
""",
}

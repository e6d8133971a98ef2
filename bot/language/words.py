"""Small words that give a short message's language away; folded, each list holds words of that language only."""

from __future__ import annotations

from bot.language.folding import fold

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(fold(words).split())
    for language, words in {
        "fi": """
            ja on ei en mina ma mun minun mulla minulla mika mita mista missa mihin minne miten milloin
            miksi kuka voiko voinko voin pitaako taytyy tarvitsen tarviin haluan onko olen jos kun etta
            mutta vai niin nyt tama saako saanko kuinka paljonko kanssa ilman kautta varten apua hei moi
            kiitos ole oon mulle ennen jalkeen asti sitten
        """,
        "sv": """
            och jag ar att det inte vad var hur nar vem vilken vilka min mitt mina mig mej med till fran pa
            av om ett kan ska maste behover vill har eller hej tack finns fa far hos utan efter innan nagon
            nagot ja o e va ni oss vi han hon dom sin nu ocksa for som vart
        """,
        "en": """
            the i and to my is are how what where when who which can do does of for in with a an need want
            have help please you it from at get not me am if we our hello hi thanks thank without after
            before about im dont your this that
        """,
        "et": """
            ja on ei ma mina mul mulle minu kas kuidas kus kust kuhu mis mida millal miks kes palju saan
            saab saada tahan vajan pean peab olen kui et aga voi nuud see seda ning pole tere aitah koos
            ilma parast enne jaoks
        """,
        "so": """
            waa waan ma iyo oo ayaa ku ka la u si aan maxaa maxay sidee xagee halkee goorma yaa kuma waxaan
            rabaa rabo doonayaa hadii haddii ama laakiin ilmaha carruurta caawimo cawimaad magaalada finland
            guri shaqo waayo halkan markii kadib inaan inan baahanahay salaan mahadsanid leeyahay tahay
            yahay aniga
        """,
        "tr": """
            ve bir bu icin ile ne nasil nerede nereye nereden nereye kim kac hangi mi mu ben benim bana var
            yok de da istiyorum lazim gerek gerekiyor olarak ama veya cok merhaba selam tesekkurler yardim
            olur eder miyim neler nasi
        """,
        "es": """
            y el la los las un una de del que como donde cuando quien cual cuanto por para con sin mi mis me
            yo es esta estoy tengo necesito quiero puedo hola gracias ayuda si no pero se su al en hay hacer
        """,
        "fr": """
            et le la les un une des de du que quoi comment ou quand qui quel quelle combien pour avec sans
            mon ma mes me je j suis est ai besoin veux peux bonjour salut merci aide si ne pas mais se son
            au en il faut dans sur
        """,
        "ru": """
            и что как где когда кто какой какие сколько для без мне меня мои мой нужно надо хочу могу можно
            если или есть еще уже это не но от при после спасибо здравствуите здраствуите привет помогите
            пожалуиста чтобы он она ребенок финляндии получить куда почему только
        """,
        "uk": """
            і та що як де коли хто якии які скільки для без мені мене моі міи треба потрібно хочу можу можна
            якщо або є ще вже це не але від при після дякую привіт добрии допоможіть будь ласка щоб він вона
            дитина фінляндіі отримати куди чому тільки и
        """,
        "ar": """
            من في على الی عن ما ماذا کیف این متی هل لا انا انت هو هی مع هذا هذه ارید اریدی اقدر عندی لدی کم
            شو وین کیفک ابغی بدی مشان لو سمحت شکرا مرحبا السلام علیکم یا ان او بس لازم کل
        """,
        "fa": """
            از در به با برای که چه چی چطور کجا کی ایا من تو او ما این ان است هست نیست را رو می میخوام
            میخواهم باید دارم کنم کنید شود سلام ممنون لطفا اگر یا هم خود بچه کمک چجوری چگونه بگیرم چند ندارم
        """,
    }.items()
}

from dataclasses import replace

from bot.domain.answer import Opening, OpeningStatus
from bot.domain.point import Notice, Phone
from bot.rendering.plain import plain_text
from bot.rendering.points import others_screens, point_block, short_url, venue_screen
from bot.rendering.reader import Reader


def block(view, catalogue, tr, at, **changes):
    changed = replace(view, point=replace(view.point, **changes))
    return plain_text(point_block(changed, Reader(catalogue, tr, at))).splitlines()


def test_notice_booking_and_a_phone_without_a_note(info, catalogue, english, at):
    shown = block(
        info,
        catalogue,
        english,
        at,
        notices=(Notice({"fi": "Kiinni", "en": "Closed <today>"}),),
        booking="https://www.espoo.fi/book",
        phones=(Phone("116 117", {}),),
    )
    assert shown[-4:] == [
        "☎️ 116 117",
        "Book an appointment: espoo.fi/book (https://www.espoo.fi/book)",
        "Web page: espoo.fi/en (https://www.espoo.fi/en/)",
        "⚠️ Closed <today>",
    ]


def test_an_e_service_says_nothing_about_unknown_hours(desk, catalogue, english, at):
    assert "🕘 Opening hours not known: check before you go" in block(desk, catalogue, english, at)
    online = block(desk, catalogue, english, at, in_person=False, address=None)
    assert online == [
        "📍 Vantaa Info (Vantaa-info)",
        "☎️ 09 816 21 (switchboard)",
        "Web page: espoo.fi/en (https://www.espoo.fi/en/)",
    ]


def test_an_address_without_a_street(info, catalogue, english, at):
    address = replace(info.point.address, street="")
    assert block(info, catalogue, english, at, address=address)[1] == "02230 Espoo"


def test_interpreter(info, catalogue, english, at):
    assert "An interpreter can be arranged: ask for one" in block(info, catalogue, english, at, interpreter=True)


def test_other_points_name_their_city_and_lead_back(answer, catalogue, english, at):
    info = answer.points[0]
    second = replace(info, point=replace(info.point, id="second", names={"fi": "Toinen"}, coordinates=None))
    (screen,) = others_screens(replace(answer, points=(info, second)), catalogue, english, at)
    shown = plain_text(screen.html).splitlines()
    assert shown[:3] == [
        "Other service points",
        "",
        "Ask first whether a point in another city serves residents of your city.",
    ]
    assert shown[4:6] == ["📍 Toinen", "Espoo"]
    assert "Vantaa" in shown
    assert [button.action for button in screen.buttons] == ["m|vantaa-info", "a|daycare-application|espoo"]


def test_every_advice_point_serves_everybody(answer, catalogue, english, at):
    (screen,) = others_screens(replace(answer, intent="service-point"), catalogue, english, at)
    assert "The advice points of every city also serve you, wherever you live." in screen.html


def test_no_other_points(answer, catalogue, english, at):
    (screen,) = others_screens(replace(answer, other_points=()), catalogue, english, at)
    assert screen.html == "We know no other service points for this."


def test_a_long_list_is_cut_to_what_is_read(answer, info, catalogue, english, at):
    many = tuple(
        replace(info, point=replace(info.point, id=f"p{n}"), opening=OpeningStatus(Opening.ALWAYS)) for n in range(40)
    )
    screens = others_screens(replace(answer, other_points=many), catalogue, english, at)
    assert "".join(screen.html for screen in screens).count("📍") == 12


def test_venue(info):
    venue = venue_screen(info.point, "en").venue
    assert (venue.latitude, venue.longitude) == (60.1615, 24.7385)
    assert (venue.title, venue.address) == ("Espoo Info", "Suomenlahdentie 1, 02230 Espoo")
    assert venue_screen(replace(info.point, address=None), "en").venue.address == "City of Espoo"
    assert venue_screen(replace(info.point, coordinates=None), "en") is None


def test_short_urls():
    assert short_url("https://www.kela.fi/") == "kela.fi"
    assert short_url("https://migri.fi/en/" + "x" * 60) == "migri.fi/en/" + "x" * 27 + "…"

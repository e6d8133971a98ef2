from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.answer import Opening
from bot.guidance.points import points_for

HELSINKI = ZoneInfo("Europe/Helsinki")
LEPPAVAARA = (60.2193, 24.8131)


def ids(views):
    return [view.point.id for view in views]


def test_own_city_in_order_then_regional_then_the_others(catalogue, noon):
    found = points_for(catalogue, "daycare", city="espoo", at=noon)
    assert ids(found.own) == ["espoo-daycare", "espoo-daycare-two", "e-service"]
    assert ids(found.others) == ["helsinki-daycare"]


def test_a_lapsed_point_is_left_out_only_after_its_last_day(catalogue):
    last_day = datetime(2025, 12, 31, 23, 59, tzinfo=HELSINKI)
    assert "espoo-daycare-old" in ids(points_for(catalogue, "daycare", city="espoo", at=last_day).own)


def test_without_a_city_regional_points_then_every_advice_desk(catalogue, noon):
    for city in (None, "none", "tampere"):
        found = points_for(catalogue, "daycare", city=city, at=noon)
        assert ids(found.own) == ["e-service", "helsinki-info", "espoo-info", "vantaa-info", "kauniainen-info"]
        assert set(ids(found.others)) == {"espoo-daycare", "espoo-daycare-two", "helsinki-daycare"}


def test_others_open_ones_first_then_by_name(catalogue, noon):
    found = points_for(catalogue, "advice", city="kauniainen", at=noon)
    assert ids(found.own) == ["kauniainen-info"]
    assert [(view.point.id, view.opening.state) for view in found.others] == [
        ("helsinki-info", Opening.OPEN),
        ("vantaa-info", Opening.OPEN),
        ("espoo-info", Opening.CLOSED),
    ]


def test_others_nearest_first_when_the_location_is_known(catalogue, noon):
    found = points_for(catalogue, "advice", city="kauniainen", at=noon, coordinates=(60.29, 25.04))
    assert ids(found.others) == ["vantaa-info", "helsinki-info", "espoo-info"]
    night = noon.replace(hour=23)
    found = points_for(catalogue, "advice", city="helsinki", at=night, coordinates=LEPPAVAARA)
    assert ids(found.others) == ["kauniainen-info", "espoo-info", "vantaa-info"]


def test_a_point_without_coordinates_comes_after_those_with(catalogue, noon):
    unknown = replace(catalogue.points["helsinki-info"], id="a", names={"fi": "A"}, coordinates=None)
    points = {**catalogue.points, "helsinki-info": unknown}
    found = points_for(replace(catalogue, points=points), "advice", city="kauniainen", at=noon, coordinates=LEPPAVAARA)
    assert ids(found.others) == ["vantaa-info", "a", "espoo-info"]


def test_distance_in_metres(catalogue, noon):
    espoo = points_for(catalogue, "advice", city="espoo", at=noon, coordinates=LEPPAVAARA).own[0]
    assert 7_500 < espoo.distance_m < 7_700
    daycare = points_for(catalogue, "daycare", city="espoo", at=noon, coordinates=LEPPAVAARA).own[0]
    assert daycare.distance_m is None
    assert points_for(catalogue, "advice", city="espoo", at=noon).own[0].distance_m is None


def test_only_notices_of_the_day_are_shown(catalogue):
    def notices(day):
        at = datetime(2026, *day, 12, tzinfo=HELSINKI)
        point = points_for(catalogue, "daycare", city="espoo", at=at).own[1].point
        return [notice.text["fi"] for notice in point.notices]

    assert notices((4, 2)) == ["Suljettu tänään"]
    assert notices((4, 3)) == []
    assert notices((5, 1)) == ["Remontti"]


def test_unknown_service_and_unknown_point_ids(catalogue, noon):
    assert points_for(catalogue, None, city="espoo", at=noon).own == ()
    assert points_for(catalogue, "moon", city="espoo", at=noon).own == ()

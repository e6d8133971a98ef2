"""Getting to know a resident: language and city, by button, by name, by postal code or by location."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import notices
from bot.conversation.answering import Answering
from bot.conversation.heard import Moment
from bot.conversation.reply import Reply
from bot.conversation.tongue import Tongue
from bot.conversation.wishing import Wishing
from bot.domain.dated import in_language
from bot.domain.place import Place
from bot.domain.resident import NOT_IN_FINLAND, Step
from bot.language import fold, tokens
from bot.locales import translator
from bot.places.gazetteer import Gazetteer
from bot.rendering import menus
from bot.rendering.choice import place_screen

ADDRESS_WORDS = 4
"""A longer text is a question that names a place, not an answer to "where do you live?"."""


class Settling:
    """The resident's settings."""

    def __init__(self, gazetteer: Gazetteer, tongue: Tongue, answering: Answering, wishing: Wishing) -> None:
        self._wishing = wishing
        self._gazetteer = gazetteer
        self._tongue = tongue
        self._answering = answering
        self._catalogue = answering.guide.catalogue

    def start(self, moment: Moment) -> Reply:
        """Welcome, and the language if it is not known, else the city, else the first question."""
        resident = moment.resident
        if resident.language is None:
            return self.ask_language(moment).before(self._answering.welcome(moment))
        if resident.city is None:
            return self.ask_city(moment).before(self._answering.welcome(moment))
        return Reply(
            replace(resident, step=Step.NONE), (self._answering.welcome(moment), self._answering.ready(moment))
        )

    def ask_language(self, moment: Moment) -> Reply:
        """The menu of languages, Telegram's language first."""
        first = self._tongue.hinted(moment.hint)
        screen = menus.language_screen(self._catalogue, self._answering.tr(moment), first)
        return Reply(replace(moment.resident, step=Step.LANGUAGE), (screen,))

    def language(self, code: str, moment: Moment) -> Reply:
        """Stores a language; a resident without a city is asked for it next."""
        resident = replace(moment.resident, language=code, step=Step.NONE)
        settled, tr = replace(moment, resident=resident), translator(code)
        said = notices.text(tr("I now write in {language}.", language=self._catalogue.languages[code].name))
        if resident.city is None:
            return self.ask_city(settled).before(said)
        if again := self._answering.again(settled):
            return again.before(said)
        return Reply(resident, (said, self._answering.ready(settled)))

    def ask_city(self, moment: Moment) -> Reply:
        """The question where the resident lives."""
        screens = menus.city_screens(self._catalogue, self._answering.tr(moment))
        return Reply(replace(moment.resident, step=Step.CITY), tuple(screens))

    def city(self, city: str, moment: Moment, coordinates: tuple[float, float] | None = None) -> Reply:
        """Stores a city id (or NOT_IN_FINLAND) and answers the last question for it."""
        tr = self._answering.tr(moment)
        resident = replace(moment.resident, city=city, step=Step.NONE)
        settled = replace(moment, resident=resident)
        if city == NOT_IN_FINLAND:
            said = tr("I will answer for a person who has not moved to Finland yet.")
        else:
            said = tr("Your city is now {city}.", city=in_language(self._catalogue.cities[city].names, tr.language))
        told = replace(notices.text(said), drop_keyboard=True)
        if moment.resident.step is Step.HUMAN_CITY and (onward := self._wishing.go_on(settled)):
            return onward.before(told)
        if again := self._answering.again(settled, coordinates):
            return again.before(told)
        if coordinates:
            return Reply(resident, (told, self._answering.desks(settled, coordinates), self._answering.ready(settled)))
        return Reply(resident, (told, self._answering.ready(settled)))

    def change_city(self, text: str, moment: Moment) -> Reply:
        """Stores the city that "I live in Espoo" names; asks when it names none."""
        place = self._gazetteer.find(text)
        return self._place(place, moment) if place else self.ask_city(moment)

    def place(self, text: str, moment: Moment) -> Reply | None:
        """The reply to a text that is nothing but a place; None when it is something else."""
        words = tokens(fold(text))
        if moment.resident.step in {Step.CITY, Step.HUMAN_CITY} and len(words) <= ADDRESS_WORDS:
            place = self._gazetteer.locate(text)
        else:
            place = self._gazetteer.find(text) if len(words) == 1 else None
        return self._place(place, moment) if place else None

    def located(self, coordinates: tuple[float, float] | None, moment: Moment) -> Reply:
        """Stores the city of a shared location and answers with distances; the coordinates end here."""
        if coordinates is None:
            tr = self._answering.tr(moment)
            return Reply(moment.resident, (notices.text(tr("Please share your location once more.")),))
        place = self._gazetteer.at(*coordinates)
        if place.city:
            return self.city(place.city, moment, coordinates)
        return self._outside(moment, coordinates)

    def press_city(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """The city a button names, or the question; None when the catalogue does not have it."""
        if not args:
            return self.ask_city(moment)
        return self.city(args[0], moment) if args[0] in {*self._catalogue.cities, NOT_IN_FINLAND} else None

    def press_language(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """The language a button names, or the question; None when the catalogue does not have it."""
        if not args:
            return self.ask_language(moment)
        return self.language(args[0], moment) if args[0] in self._catalogue.languages else None

    def _place(self, place: Place, moment: Moment) -> Reply:
        if place.city:
            return self.city(place.city, moment)
        if place.ambiguous:
            screen = place_screen(place, (), self._catalogue, self._answering.tr(moment), moment.at)
            step = Step.HUMAN_CITY if moment.resident.step is Step.HUMAN_CITY else Step.CITY
            return Reply(replace(moment.resident, step=step), (screen,))
        return self._outside(moment)

    def _outside(self, moment: Moment, coordinates: tuple[float, float] | None = None) -> Reply:
        tr = self._answering.tr(moment)
        words = tr(
            "That place is outside Helsinki, Espoo, Vantaa and Kauniainen. I know the services of these four cities. "
            "If you live elsewhere, your own municipality advises you. These points can tell you more:"
        )
        resident = replace(moment.resident, step=Step.NONE)
        told = replace(notices.text(words), drop_keyboard=True)
        return Reply(resident, (told, self._answering.desks(moment, coordinates)))

"""Reads and checks `intents/` and `knowledge/`: the only package that knows YAML."""

from bot.catalogue.defaults import DataFolders, data_folders
from bot.catalogue.loader import Loaded, load
from bot.catalogue.models.yearly import Goal, Question, Survey
from bot.catalogue.problem import Problem, Severity
from bot.catalogue.watch import watch

__all__ = [
    "DataFolders",
    "Goal",
    "Loaded",
    "Problem",
    "Question",
    "Severity",
    "Survey",
    "data_folders",
    "load",
    "watch",
]

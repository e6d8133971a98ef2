"""From a question to an answer: matching, knowledge, place and time put together. Pure: no input or output."""

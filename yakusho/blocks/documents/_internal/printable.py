"""印刷できる文字 The check that registers make before they take a name in."""

from yakusho.blocks.documents._internal import city, fonts


def printable(text: str) -> str:
    """印刷できるか Gives the text back if every character, with its selector, is in a print font.

    Refusals: CharacterNotPrintable, naming the first one that is not.
    """
    fonts.runs(text, fonts.folder(city.state()))
    return text

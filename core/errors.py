"""The one error type that users see. Knows nothing of who shows it."""


class UserError(ValueError):
    """A fault that the user can mend: what was expected, what was found, what to do.

    `str(error)` is the whole sentence: `UserError("Learning rate should be above 0.", "0", "Try 0.01.")`
    reads "Learning rate should be above 0. Found 0. Try 0.01." `path` is where in a document the fault is, for those
    who name settings by their path; the sentence leaves it out.
    """

    def __init__(self, expected: str, found: str = "", fix: str = "", path: str = "") -> None:
        self.expected, self.found, self.fix, self.path = expected, found, fix, path
        named = found.startswith("“") and found in expected  # no need to say it twice
        parts = (expected, f"Found {found.rstrip('.')}." if found and not named else "", fix)
        super().__init__(" ".join(part for part in parts if part))

    def __reduce__(self) -> tuple:
        """Errors travel from worker processes whole."""
        return (UserError, (self.expected, self.found, self.fix, self.path))

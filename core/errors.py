"""The one error type that users see. Knows nothing of who shows it."""


class UserError(ValueError):
    """A fault that the user can mend: what was expected, what was found, what to do.

    `str(error)` is the whole sentence: `UserError("Learning rate should be above 0.", "0", "Try 0.01.")`
    reads "Learning rate should be above 0. Found 0. Try 0.01."
    """

    def __init__(self, expected: str, found: str = "", fix: str = "") -> None:
        self.expected, self.found, self.fix = expected, found, fix
        parts = (expected, f"Found {found.rstrip('.')}." if found else "", fix)
        super().__init__(" ".join(part for part in parts if part))

    def __reduce__(self) -> tuple:
        """Errors travel from worker processes whole."""
        return (UserError, (self.expected, self.found, self.fix))

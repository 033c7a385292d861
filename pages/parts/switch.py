"""The one large switch: activations in every layer, or in none. Layout only.

The text beside the toggle is the browser's (CSS), so that it turns with the click and not after the answer.
"""

from core.network.edit import set_nonlinear
from pages.parts import controls, state
from pages.parts.room_part import part

HELP = (
    "On: every layer bends what it is given. Off: the activation is taken out of every layer, and the whole network can only "
    "draw straight lines, however many layers it has. Switch it also while it trains; on again puts back what was there."
)
ON, OFF = "On – it can bend", "Off – straight lines only"
PART = '[class*="st-key-part-activations-switch"]'
STYLE = f"""
<style>
{PART} {{
  gap: 0; width: max-content; min-width: max-content; padding: 0.35rem 0.45rem 0.3rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.5rem; }}
{PART}:has(input:not(:checked)) {{ border-color: #d97706; background: rgba(217, 119, 6, 0.14); }}
{PART} label > div:first-of-type {{ transform: scale(1.3); transform-origin: left center; margin-right: 0.6rem; }}
{PART} [data-testid="stWidgetLabel"] p {{ font-size: 1rem; font-weight: 650; white-space: nowrap; }}
{PART}::after {{ content: "{ON}"; font-size: 0.82rem; line-height: 1.15; white-space: nowrap; }}
{PART}:has(input:not(:checked))::after {{ content: "{OFF}"; }}
</style>
"""
"""For every page, so that no answer to a click has to carry it."""


def activations_switch(key: str) -> None:
    """A large toggle named “Activations”, about 150 pixels wide and 50 high, at home in narrow columns."""
    with part("activations", f"switch-{key}"):
        controls.toggle("Activations", key, state.document().network.nonlinear, switch, HELP)


def switch(on: bool) -> None:
    state.attempt(lambda: set_nonlinear(state.document(), bool(on)))

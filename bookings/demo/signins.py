"""Who may sign in to the demo studio. The password is no secret, so it works on loopback hosts only."""

from dataclasses import dataclass

from accounts import roles

DEMO_DOMAIN = "stoneandstep.example"
DEMO_PASSWORD = "slow-steady-steps"  # noqa: S105 - printed on the screen of whoever starts the demo


@dataclass(frozen=True)
class SignIn:
    email: str
    name: str
    role: str
    password: str = DEMO_PASSWORD


def demo_signins() -> list[SignIn]:
    """The four sign-ins of the demo, the owner first; `role` is "owner" or one of accounts.roles."""
    return [
        SignIn(f"owner@{DEMO_DOMAIN}", "Olive Stone", "owner"),
        SignIn(f"admin@{DEMO_DOMAIN}", "Ada Marsh", roles.STUDIO_ADMIN),
        SignIn(f"desk@{DEMO_DOMAIN}", "Dee Park", roles.FRONT_DESK),
        SignIn(f"ana@{DEMO_DOMAIN}", "Ana Silva", roles.THERAPIST),
    ]

"""People who sign in, and what proves who they are."""

from accounts.models.api_token import ApiToken
from accounts.models.setup_link import SetupLink
from accounts.models.sign_in import SignIn
from accounts.models.user import GroupMembershipEvent, User, UserKind

__all__ = ["ApiToken", "GroupMembershipEvent", "SetupLink", "SignIn", "User", "UserKind"]

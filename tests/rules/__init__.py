"""What hassfest and HACS check of a custom integration, as functions.

Neither can be installed as a package. Each `check_*` takes a folder and returns the
problems that it found there as texts; an empty list means that the rules hold. They
are stricter where Home Assistant is strict with its own integrations only.
"""

from .automations import check_automations
from .brand import check_brand
from .code import check_code
from .hacs import check_hacs
from .icons import check_icons
from .manifest import check_manifest
from .quality import check_quality_scale
from .services import check_services
from .translations import check_translations

__all__ = [
    "check_automations",
    "check_brand",
    "check_code",
    "check_hacs",
    "check_icons",
    "check_manifest",
    "check_quality_scale",
    "check_services",
    "check_translations",
]

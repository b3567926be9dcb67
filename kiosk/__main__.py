"""`python -m kiosk` is the `lotline` command."""

import sys

from kiosk.cli.main import main

sys.exit(main())

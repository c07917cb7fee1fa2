"""What lesson 12 does not show: a server that ends with its kernel, and what it does not read."""

from course_utils.production._limits import limit_body
from course_utils.production._service import Service, serve

__all__ = ["Service", "limit_body", "serve"]

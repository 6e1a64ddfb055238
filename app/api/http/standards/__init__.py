"""What standards say of HTTP, as functions that know nothing of the service.

- `languages`: Accept-Language (RFC 9110), among Swedish and English
- `versions`: ETag, If-Match and If-None-Match (RFC 9110), with what proxies do to them
- `heads`: HEAD wherever GET is (RFC 9110)
- `addresses`: URI references (RFC 3986), and whose host an answer may name
- `json_bodies`: JSON (RFC 8259), with whole numbers as JSON Schema counts them
- `traces`: W3C trace context

They import the domain's errors alone.
"""

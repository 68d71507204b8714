"""What /metrics shows (Prometheus); names end in their unit."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("youshi_webhook_requests_total", "Deliveries by what they were answered with.", ["answer"])
TURNS = Counter("youshi_turns_total", "Messages played.")
FAILURES = Counter("youshi_turn_failures_total", "Turns that raised, by error.", ["error"])
BATCH_SIZE = Histogram("youshi_batch_turns", "Turns that shared a commit.", buckets=(1, 2, 4, 8, 16, 32, 64))
LETTERS = Counter("youshi_letters_total", "Outbox rows by how they ended.", ["state"])
INCIDENTS = Counter("youshi_incidents_total", "Authentic but unusable deliveries, by reason.", ["reason"])
FLOODED = Counter("youshi_flooded_total", "Messages done but not answered: one person sent too many.")
CLOCK_SKEW = Gauge("youshi_clock_skew_seconds", "This machine's clock before the platform's; negative: behind it.")

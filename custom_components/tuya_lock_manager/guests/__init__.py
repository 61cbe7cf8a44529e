"""Guest calendars: codes that follow the bookings of a calendar."""

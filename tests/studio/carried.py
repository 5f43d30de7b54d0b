"""The smallest file of a studio that takes bookings."""

SMALL = """\
format: 1
studio:
  name: Stone & Step
  reference_prefix: SS
  email: hello@stone.example
  languages: [en, es]
styles:
- slug: japanese
  name: {en: Japanese}
places:
- slug: weir-lane
  name: Weir Lane
  address: 3 Weir Lane, Millford
  phone: 01632 960 123
  country: GB
  zone_name: Europe/London
  currency: GBP
  start_step_minutes: 10
  lead_minutes: 60
  horizon_days: 60
  hold_minutes: 10
  offer_minutes: 30
  free_cancel_hours: 24
  quiet_from: 21:00
  quiet_until: 08:00
  opening_hours:
    monday: 09:00-13:00, 14:00-18:00
    tuesday: 09:00-18:00
  closures:
  - {room: Mat room, start: "2026-12-24T09:00Z", end: "2026-12-24T12:00Z"}
  rooms:
  - name: Mat room
    props:
    - {kind: mat, name: Mat}
treatments:
- slug: back
  style: japanese
  name: {en: Back}
  needed_props: [[mat]]
  lengths:
  - {minutes: 30, price: 45}
therapists:
- slug: ana
  name: Ana
  styles: [japanese]
  hours:
  - place: weir-lane
    since: 2026-01-05
    days:
      monday: 09:00-18:00
      tuesday: 09:00-18:00
"""

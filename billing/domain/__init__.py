"""What is owed, worked out from plain values: no database, no clock, no framework.

An hour's reading, in this order:

1. The nouns: ``agreements`` (what was promised), ``evidence`` (what happened), ``charge`` (what it
   becomes), and ``terms``, the words they share.
2. The way through: ``rating`` and ``bill`` put everything below together, and name what waits.
3. What recurs: ``rhythm`` (which days, due when), ``versions`` (which price is in force),
   ``quantity`` (how many count), ``pricing`` (what they cost), ``owed`` (all of it for one period),
   and ``recurring``, which takes off what is billed.
4. Work: ``time`` tells the steps. ``coverage`` (who pays), ``rates`` (what an hour costs),
   ``rounding`` (minutes billed), ``surcharges`` (unusual hours), ``buckets`` and ``draws`` (hours
   promised or bought), ``pieces`` and ``time_charges`` (the lines of one entry).
5. One rule each: ``flat``, ``parts``, ``prepaid``, ``taken_back``, ``agreed_discounts`` (off what
   recurs) and ``discounts`` (off a draft); then ``tax`` and ``totals``.

Whoever wants to know how money comes about can leave out the rest: the arithmetic as data from
which sentences are made (``line_basis``, ``time_basis``), what is left of hours (``balances``,
``open_hours``, ``top_up``), which day is billed (``schedule``), what need not be read again
(``settled``), how a document is sealed (``sealing``), and the second reckonings by which the books
are verified (``proof``, ``hours_proof``).
"""

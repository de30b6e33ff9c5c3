"""What is owed, worked out from plain values: no database, no clock, no framework.

Read in this order: ``evidence`` (what happened), ``charge`` (what it becomes), ``recurring`` (with
``rhythm``, ``versions``, ``quantity``, ``pricing`` and ``owed``, on which it stands), ``time``,
``parts`` and ``flat`` (one rule each), ``tax`` and ``totals``, then ``rating`` and ``bill``, which
put them together.
"""

"""The doctor: `kyodo check` goes through everything that an installation stands on and says what to do about it.

Each package says what is to be checked about itself (`registry.register`, called in its `AppConfig.ready`); what
belongs to no package (settings, database, storage, clock, mail) is checked here.
"""

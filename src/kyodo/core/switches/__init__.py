"""Which functions a region uses: a module that is switched off answers 404 and is absent from menus and first pages."""

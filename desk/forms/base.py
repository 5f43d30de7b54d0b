"""What all forms of the desk share."""

from django import forms


class DeskForm(forms.Form):
    """Errors are said by the page, beside the field and in a summary; never by the browser."""

    use_required_attribute = False

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Id of the field and what to do, in the order of the page."""
        return [(self[name].id_for_label if name in self.fields else "", said[0]) for name, said in self.errors.items()]

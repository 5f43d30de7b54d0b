"""What the forms of the office share: problems in words of the page, and the digest of what she had before her."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.sheets import Content, digest


class OfficeForm(forms.Form):
    """A form over a content (see accounts.sheets). `seen`: the digest of the content that it was opened with;
    `taken_address`: what to say of an address that something else has, where the table itself does not.

    Errors are said by the page, beside the field and in a summary; never by the browser.
    """

    use_required_attribute = False
    taken_address = ""
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        self.content = content
        super().__init__(*args, **{"initial": self.begin_with(content) | {"seen": digest(content)}} | kwargs)

    def begin_with(self, content: Content) -> dict[str, Any]:
        """What the fields hold when the page is opened."""
        return dict(content)

    @property
    def typed(self) -> Content:
        """The content as it was typed: what has no field of its own name stays. Only of a valid form."""
        own = {name: self.cleaned_data[name] for name in self.fields if name in self.content}
        return {**self.content, **own}

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The summary's lines in the order of the page: id of the field, what to do."""
        return [(self._first_id(name), said[0]) for name, said in self.errors.items()]

    def refuse(self, problem: ValidationError) -> None:
        """Say what the rules of the tables refused, at the field where that is known."""
        if not hasattr(problem, "error_dict"):
            self.add_error(None, problem.messages)
            return
        for name, errors in problem.error_dict.items():
            is_taken = name == "slug" and self.taken_address and errors[0].code == "unique"
            self.add_error(self.field_of(name), self.taken_address if is_taken else errors)

    def field_of(self, name: str) -> str | None:
        """The field that holds this part of the content; None for the whole page."""
        return name if name in self.fields else None

    def _first_id(self, name: str) -> str:
        if name not in self.fields:
            name = next(iter(self.fields))
            name = next((field for field in self.fields if field != "seen"), name)
        field = self[name]
        several = isinstance(field.field.widget, (forms.CheckboxSelectMultiple, forms.RadioSelect))
        return f"{field.id_for_label or 'id_' + name}_0" if several else field.id_for_label


def wrong_choice() -> dict[str, str]:
    return dict.fromkeys(("invalid_choice", "invalid_list", "required"), _("Choose from the list."))

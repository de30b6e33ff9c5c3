"""What a line of a plan costs, shown while it is typed."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from contracts.forms.line import SoldLineForm
from contracts.line_price import line_price
from contracts.operations._line_terms import LineNotAcceptable, require_sellable
from contracts.queries import firm_currency
from contracts.views.plans import CHANGE


@require_POST
@permission_required(CHANGE, raise_exception=True)
def plan_line_price(request: UserRequest) -> HttpResponse:
    """Show what the line that is being typed costs; nothing is written."""
    form = SoldLineForm(request.POST)
    currency = firm_currency()
    context: dict[str, object] = {"currency": currency, "form": form}
    if form.is_valid():
        sold = form.sold_line()
        try:
            require_sellable(sold)
        except LineNotAcceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            context["price"] = line_price(sold, currency)
    return render(request, "contracts/line_price.html", context)

"""The floor of the pages: one view, one query, fifty rows, one template; beside all other pages.

Both are asked under the same addresses: another set of them makes Django forget what it has worked
out, and the page that comes next would pay for it.
"""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_safe

from clients.models import Client
from psa.urls import urlpatterns as ours

PAGE = """<!doctype html><html lang="en"><head><title>Floor</title></head><body>
<p>{{ request.user }}</p><table>{% for client in clients %}
<tr><td>{{ client.code }}</td><td>{{ client.name }}</td><td>{{ client.city }}</td>
<td>{{ client.country }}</td><td>{{ client.payment_days }}</td></tr>{% endfor %}
</table></body></html>"""


@require_safe
def floor(request: HttpRequest) -> HttpResponse:
    """Render fifty rows of one table for the person who is signed in."""
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"clients": Client.objects.all()[:50]}, request))


urlpatterns = [path("floor/", floor), *ours]

"""The addresses of people's time: timers, days, approval."""

from django.urls import path

from tickets.views import approvals, sheet, timers

app_name = "time"

urlpatterns = [
    path("sheet/", sheet.sheet, name="sheet"),
    path("sheet/add/", sheet.add, name="sheet-add"),
    path("sheet/submit/", sheet.submit, name="sheet-submit"),
    path("sheet/withdraw/", sheet.withdraw, name="sheet-withdraw"),
    path("mine/", sheet.mine, name="mine"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/approve/", approvals.approve, name="days-approve"),
    path("approvals/return/", approvals.give_back, name="days-return"),
    path("working-hours/", approvals.working_hours, name="working-hours"),
    path("timers/", timers.timers, name="timers"),
    path("timers/control/", timers.control, name="timer-control"),
    path("timers/start/", timers.start, name="timer-start"),
    path("timers/<int:pk>/resume/", timers.resume, name="timer-resume"),
    path("timers/<int:pk>/park/", timers.park, name="timer-park"),
    path("timers/<int:pk>/stop/", timers.stop, name="timer-stop"),
    path("timers/<int:pk>/log/", timers.log, name="timer-log"),
    path("timers/<int:pk>/forecast/", timers.forecast, name="timer-forecast"),
    path("timers/<int:pk>/discard/", timers.discard, name="timer-discard"),
]

"""A second person's yes before an ally learns who a community is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cre.core.access.guards import RowGuard, run_sql_file

UNDO = """
DROP TRIGGER cre_check_meeting ON collaborations_introduction;
DROP TRIGGER cre_end_refused_choice ON collaborations_secondyes;
DROP FUNCTION cre_check_meeting, cre_end_refused_choice, cre_may_meet, cre_may_second;
"""
SECOND = "collaborations_secondyes"
SEES = f"EXISTS (SELECT 1 FROM collaborations_consent c WHERE c.id = {SECOND}.consent_id)"
SAYS = "said_by_id = (select cre_actor()) AND cre_may_second(consent_id)"


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0017_pausing"), ("collaborators", "0022_two_of_ours")]
    operations = [
        migrations.AlterField(
            model_name="timelineentry",
            name="event",
            field=models.CharField(
                choices=[
                    ("sent", "Your request reached us."),
                    ("talk_first", "You asked to talk first. We keep only how to reach you."),
                    ("placed", "We found the right region for your request."),
                    ("safety_checked", "We talked about safety first."),
                    ("message", "There is a new message."),
                    ("files", "You sent files."),
                    ("accepted", "We take your request on."),
                    ("declined", "We cannot take this on. The reason and other places to ask are in the message."),
                    ("second_look", "You asked for a second look. Another person will answer."),
                    ("reopened", "After a second look, we go on."),
                    ("decline_stands", "After a second look, the answer stays the same."),
                    ("parked", "Your request waits for now."),
                    ("resumed", "We go on with your request."),
                    ("withdrawn", "You took your request back."),
                    ("brief_proposed", "A brief is ready for you to read. Nobody else sees it before you say yes."),
                    ("brief_approved", "You approved the brief."),
                    ("brief_sent_back", "You sent the brief back with your wishes."),
                    ("allies_proposed", "We suggest allies. We ask them only if you allow it."),
                    ("offers_allowed", "You allowed us to ask allies."),
                    ("ally_willing", "An ally would like to support you."),
                    ("ally_not_now", "An ally cannot help this time."),
                    ("ally_chosen", "You chose an ally."),
                    ("second_agreed", "A second person agreed to the ally that was chosen."),
                    ("second_refused", "A second person did not agree. That ally learns nothing any more."),
                    ("introduced", "You and the ally know of each other now."),
                    ("collaboration_begun", "You work together now."),
                    ("consent_withdrawn", "Something is no longer shared with an ally."),
                    ("output_put", "Your ally asks about something that it would like to publish."),
                    ("output_answered", "You answered about what your ally would like to publish."),
                    ("collaboration_paused", "You let the work with your ally rest."),
                    ("collaboration_resumed", "You went on with your ally."),
                    ("collaboration_ended", "The work together has ended."),
                    ("frozen", "Everything about you was stopped, for your safety."),
                    ("thawed", "After a talk, everything goes on. All dates moved by as long as it stood still."),
                    ("corrected", "You changed your answers."),
                    ("recorded_by_voice", "Your decision, given by voice, was written down."),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="SecondYes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_yes", models.BooleanField()),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "consent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second",
                        to="collaborations.consent",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        run_sql_file(__file__, undo=UNDO),
        RowGuard(SECOND, SEES, insert=SAYS, append_only=True),
    ]

"""Who holds what: the functions behind scope and row guards, and the only way to give and end roles."""

from django.db import migrations

from cre.core.access.guards import run_sql_file

UNDO = """
DROP TRIGGER cre_check_facets ON collaborators_collaboratorfacets;
DROP TRIGGER cre_check_vetting ON collaborators_collaborator;
DROP TRIGGER cre_check_person ON collaborators_user;
DROP FUNCTION cre_check_facets, cre_check_vetting, cre_check_person, cre_offered_collaborators, cre_guarded_communities, cre_move_community,
    cre_begin_intake, cre_holders_region, cre_holders_community, cre_holders_collaborator, cre_holders_platform,
    cre_holders_of, cre_leave_region, cre_leave_platform, cre_leave_collaborator, cre_leave_community,
    cre_join_region, cre_join_platform, cre_join_collaborator, cre_join_community, cre_refuse, cre_end_grant,
    cre_write_grant, cre_holds, cre_held_region, cre_held_community, cre_held_collaborator, cre_held_platform,
    cre_is_alive;
GRANT INSERT, UPDATE, DELETE ON collaborators_regiongrant, collaborators_platformgrant,
    collaborators_collaboratorgrant, collaborators_communitygrant,
    collaborators_historicalregiongrant, collaborators_historicalplatformgrant,
    collaborators_historicalcollaboratorgrant, collaborators_historicalcommunitygrant,
    collaborators_region, collaborators_country, collaborators_platform TO cre_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborators", "0002_places_communities_roster"),
        ("core", "0001_actor"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [run_sql_file(__file__, undo=UNDO)]

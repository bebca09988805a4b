"""The register of real public projects: only what is known of them, and no id that was not given."""

from collaborations.models import Project, ProjectFinance
from cre.demo.files import read_projects


def load_projects() -> int:
    """Put the projects and their financiers into the register; gives how many projects there are.

    The register is reference data, which nobody has an action for yet: like the regions it comes on
    the connection of the owner.
    """
    rows = read_projects()
    projects = {
        row["key"]: Project(
            name=row["name"],
            country=row["country"],
            sector=row["sector_dac"],
            stage=row["stage"],
            company=row["company"],
            source=row["source"],
        )
        for row in rows
    }
    Project.objects.using("owner").bulk_create(projects.values())
    ProjectFinance.objects.using("owner").bulk_create(
        ProjectFinance(
            project=projects[row["key"]],
            financier=row["financier"],
            reference=row["financier_project_id"],
            amount=row["amount"],
        )
        for row in rows
        if row["financier"]
    )
    return len(projects)

import random, time, uuid, statistics
import pytest
from django.db import connection, transaction
from collaborations.matching import rank, excluded, explain
from collaborations.models import BriefVersion
from collaborators.models import Collaborator, CollaboratorFacets
from cre.core.access import acting_as, current_scope
from cre.core.vocabularies import StrategyArea, Skill, Sector
from tests.collaborations.matching_world import brief_of, request_of, ask_not_to_contact
from tests.conftest import as_owner
pytestmark = pytest.mark.django_db

def test_bench(community, facilitator, coordinator):
    r = random.Random(1)
    langs = ["en","fr","es","pt","ar","sw","hi","id","ru","ne","tl","vi","am","ha","yo","zu","bn","my","km","th","tr","fa","ur","so","qu","gn","ay"]
    ccs = ["KE","UG","TZ","ET","NG","GH","IN","NP","PH","ID","CO","PE","GT","MX","BR","SN","MA","EG","LB","KG"]
    N=50000
    with as_owner():
        cs = Collaborator.objects.bulk_create([Collaborator(uuid=uuid.uuid4(), kind="organisation", display_name=f"Org {i}", country=r.choice(ccs), status="approved" if r.random()<.9 else "nominated", access_level=r.choice([1,2,2,3,3])) for i in range(N)], batch_size=2000)
        CollaboratorFacets.objects.bulk_create([CollaboratorFacets(collaborator=c, is_active=c.status=="approved", access_level=c.access_level, areas=r.sample(StrategyArea.values, r.choice([1,1,2])), skills=r.sample(Skill.values, r.randint(0,4)), languages=r.sample(langs, r.randint(1,2)), countries=r.sample(ccs, r.randint(0,3)), refused_countries=[], sectors=r.sample(Sector.values, r.randint(0,4)), financiers=r.sample(["World Bank","IFC","EIB","AfDB","ADB"], r.randint(0,2)), levels=[r.choice(["local","national","regional","international"])], hours_a_month=r.choice([None,0,5,20,40]), parallel_limit=r.randint(1,4), parallel_now=r.randint(0,3)) for c in cs], batch_size=2000)
        with connection.cursor() as c:
            c.execute("ANALYZE collaborators_collaborator"); c.execute("ANALYZE collaborators_collaboratorfacets")
            # the pending list of the GIN index is cleaned by vacuum, which cannot run inside a transaction
            c.execute("SELECT gin_clean_pending_list('facets_areas_languages')")
    for areas, ls in ((["courts"],["sw"]), (["courts","research"],["sw"]), (["courts","research"],["en","sw"])):
        brief = brief_of(request_of(community), facilitator, areas=areas, languages=ls, skills=["litigation","land-law"], sector="23220", financier="World Bank")
        with acting_as(facilitator):
            rank(brief)
            for name, call in (("rank", lambda: rank(brief)), ("excluded", lambda: excluded(brief)), ("explain", lambda: explain(brief, cs[0]))):
                ts=[]
                for _ in range(25):
                    t=time.perf_counter(); call(); ts.append((time.perf_counter()-t)*1000)
                print(areas, ls, name, "median %.1f min %.1f" % (statistics.median(ts), min(ts)))
            from collaborations.matching import ranking, hurdles, wanted as w
            wd = w.read_wanted(brief, foreign_link_helps=False)
            qs = ranking._scored(wd, ranking.USUAL_WEIGHTS).filter(*hurdles.conditions(wd).values())
            print("candidates", qs.count())
            print(qs.order_by("-score","-s_place","facets__parallel_now","uuid")[:20].explain(analyze=True)[:2200] if areas==["courts"] or len(ls)==2 else "")

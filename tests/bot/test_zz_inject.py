import json, pytest
from storage.domain.reports import *
from tests.bot.connector import *
from tests.bot.lists import *
from tests.bot.reports import *
from tests.storage.support import viewer, change
EVIL='<at>Nele</at> [klik](javascript:alert(1)) **vet** ![i](http://x.y/z) <script>x</script> &lt;at&gt;K&lt;/at&gt; `c` | # kop'
async def make(house, query, n=1, text=EVIL, key=HOMEWORK):
    mid=await held(house,query,key); v=await viewer(house,NELE.mail)
    for i in range(n):
        for k in (LineKind.DECISION,LineKind.ACTION,LineKind.DATE,LineKind.NEXT,LineKind.CARRIED,LineKind.TOPIC,LineKind.POINT,LineKind.DISCUSSION,LineKind.ATTENDEE):
            await house.reports.note(NewLine(k,f"{i} {text}"[:1000],owner=(text[:200] if k is LineKind.ACTION else ""),item_title=text[:200],due=(NOW.date() if k in (LineKind.ACTION,LineKind.DATE,LineKind.NEXT) else None)),mid,v,NOW,chosen=True)
    return mid
def bad(posted):
    out=[]
    for p in posted:
        size=len(json.dumps(p.card,ensure_ascii=False).encode()) if p.attachments else 0
        if size>28*1024: out.append(('SIZE',size,p.text[:100]))
        if len(p.text.encode())>28*1024: out.append(('TEXT',len(p.text)))
        whole=json.dumps(p.activity if hasattr(p,'activity') else p.__dict__,ensure_ascii=False,default=str)
        for w in ('[klik](javascript','<at>Nele','<script>','![i](http','**vet**'):
            if w in whole: out.append((w, whole[max(0,whole.index(w)-200):whole.index(w)+60]))
    return out
SENT=["samenvatting van de intervisie van 19 november","toon het verslag van de intervisie van 19 november","wat is er beslist op de intervisie van 19 november","toon de notities van de intervisie van 19 november","toon het concept van het verslag van 19 november","wat moet ik nog doen?","welke acties staan er open?","wat hebben we beslist over klik?","wanneer ging het over kop?","geef me het verslag van 19 november","keur het verslag van 19 november goed","ik ga niet akkoord met regel 1 van het verslag van 19 november: klopt niet","regel 1 is fout","verander regel 1 in: [a](http://b) <at>x</at>","schrap regel 2","actie 1 is klaar"]
@pytest.mark.parametrize("n",[1,24])
async def test_inject(teams, bot_house, query, n):
    mid=await make(bot_house, query, n, EVIL if n==1 else (EVIL+' x'*450))
    await posted(bot_house, mid)
    v=await viewer(bot_house,NELE.mail)
    for bad_link in ("https://x.y/)[e](http://evil)","https://x.y/ a","https://x.y/<at>","https://x.y/\"onload=","https://x.y/](javascript:1)"):
        try: await bot_house.reports.link(mid, v, NOW, recording=bad_link, report=bad_link); print('LINK OK',bad_link)
        except Exception as e: print('link refused',bad_link,type(e).__name__)
    f=[]
    for who,where in ((NELE,NELE.chat),(JONAS,JONAS.chat),(NELE,CHANNEL)):
        for s in SENT:
            teams.quiet(); await teams.say(who,where,s)
            b=bad(teams.posted)
            first=teams.posted[-1].text[:80] if teams.posted else None
            print(who.name[:4],where.kind[:4],s[:40],'|',first, [x[:2] for x in b])
            f+=b
            # press first buttons
            await teams.say(who,where,"laat maar")
    for p in ({"action":"show_draft","meeting":mid},{"action":"show_draft","meeting":mid,"page":3},{"action":"show_line","meeting":mid,"line":1},{"action":"show_notes","meeting":mid},{"action":"show_note","meeting":mid,"line":2},{"action":"show_actions","what":"open"},{"action":"show_actions","what":"open","meeting":mid},{"action":"do_action","verb":"drop","ids":[1],"nonce":"q1"},{"action":"do_action","verb":"move","ids":[1],"nonce":"q2"},{"action":"show_hits","text":"klik"},{"action":"post_summary","meeting":mid,"yes":True,"nonce":"q3"}):
        teams.quiet(); await teams.press(NELE, NELE.chat, p); b=bad(teams.posted); f+=b; print(p,[x[:2] for x in b], teams.posted[-1].text[:60] if teams.posted else None)
    for x in f[:15]: print(x)
    assert not f

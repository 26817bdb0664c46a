import itertools, json, os, typing
from typing import Literal, get_args
import pytest
from dialogs.cards.payloads import AnyPayload
from storage.domain.reports import *
from storage.domain.meetings import Audience
from tests.bot.connector import *
from tests.bot.lists import *
from tests.bot.reports import *
from tests.storage.support import viewer, rows
from sqlalchemy import update
from storage.tables.meetings import MeetingRow

MARKS = ["zegelbesluit","zegelactie","zegelprive","zegelbezwaar","zegelopname","zegelpunt","zegelbespreking","zegelpersoon"]
SENT = ["wat is er beslist in de stuurgroep","toon het verslag van de stuurgroep","geef me het verslag van de stuurgroep van januari","wat hebben we beslist over zegelbesluit?","wanneer ging het over zegelpunt?","wat was de afspraak over zegelprive?","welke acties staan er open?","welke acties staan open van de stuurgroep","welke acties heeft Lotte","wat moet ik nog doen?","wat moet Lotte nog doen?","samenvatting van de stuurgroep","stuur me het verslag van de stuurgroep als pdf","toon de notities van de stuurgroep","besluit: de stuurgroep zegelbesluitje","keur het verslag van de stuurgroep goed","ik ga niet akkoord met regel 1 van het verslag van de stuurgroep: klopt niet","toon het concept van de stuurgroep","actie zegelactie is klaar","geef zegelactie door aan Jonas","schuif zegelactie op naar volgende maand","zet zegelactie weer open","toon de agenda van de stuurgroep","wat staat er op de agenda van de stuurgroep","verander regel 1 van de stuurgroep in: x","schrap regel 1 van het verslag van de stuurgroep", "waar is de opname van de stuurgroep", "wie was er op de stuurgroep", "plaats de samenvatting van de stuurgroep", "hou de samenvatting van de stuurgroep tegen"]
async def make(house, query, key="stuurgroep-januari"):
    mid = await held(house, query, key)
    n = await viewer(house, NELE.mail)
    L = {}
    for kind, text, more in [(LineKind.DECISION,"zegelbesluit over geld",{}),(LineKind.ACTION,"zegelactie mailt",{"owner":"Lotte"}),(LineKind.DECISION,"zegelprive over iemand",{"private":True}),(LineKind.ACTION,"zegelprive belt",{"owner":"Lotte","private":True}),(LineKind.POINT,"zegelpunt",{}),(LineKind.DISCUSSION,"zegelbespreking lang",{"item_title":"zegelpunt"}),(LineKind.ATTENDEE,"zegelpersoon An",{}),(LineKind.DISCUSSION,"zegelprive gesprek",{"private":True})]:
        L[text]=(await house.reports.note(NewLine(kind,text,**more),mid,n,NOW,chosen=True)).id
    await posted(house, mid)
    await house.reports.link(mid, n, NOW, recording="https://x.example/zegelopname", report="https://x.example/zegelopname2")
    lotte = await viewer(house, LOTTE.mail)
    await house.approvals.object(mid, L["zegelbesluit over geld"], "zegelbezwaar: onjuist", lotte, NOW)
    return mid
def values(field, ids, verb=None):
    a=field.annotation
    if typing.get_origin(a) is Literal: return list(get_args(a))
    return None
def payloads(mid):
    names = {"ShowActions","DoAction","ShowDraft","ShowLine","SaveLine","SettleLine","HoldSummary","PostSummary","KeepNote","ShowNotes","ShowNote","SaveNote","SettleNote","TakeReport","ShowHits","ObjectLine","SettleObjection","ApproveReport","ShowObjections","AskMeeting","AskAboutMeeting"}
    for cls in get_args(AnyPayload):
        mod = cls.__module__
        if cls.__name__ not in names and not any(x in mod for x in ("summary","note","action_","search","approval","deliver")): continue
        f = cls.model_fields
        action = f["action"].default
        lits = {n: get_args(x.annotation) for n,x in f.items() if typing.get_origin(x.annotation) is Literal and n!="action"}
        for combo in itertools.product(*lits.values()):
            base = {"action": action, **dict(zip(lits,combo))}
            opts=[{}]
            if "meeting" in f: opts=[{**o,"meeting":mid} for o in opts]
            if "line" in f: opts=[{**o,"line":l} for o in opts for l in (0,1,2,3,4,5)]
            if "ids" in f: opts=[{**o,"ids":[l]} for o in opts for l in (1,2,3)]
            if "objection" in f: opts=[{**o,"objection":1} for o in opts]
            if "person" in f: opts=[{**o,"person":p} for o in opts for p in (0,2,3,6)]
            if "text" in f: opts=[{**o,"text":t} for o in opts for t in ("zegelx","zegelbesluit","zegelactie")] if action=="show_hits" else [{**o,"text":"nieuw"} for o in opts]
            if "kind" in f: opts=[{**o,"kind":k} for o in opts for k in ("decision","action")]
            if "to" in f: opts=[{**o,"to":t} for o in opts for t in ("","2027-02-01","3")]
            if "draft" in f: opts=[{**o,"draft":"u1"} for o in opts]
            for o in opts: yield {**base,**o}
async def run(teams, who, where, mid, marks, house):
    found=[]
    n=0
    for p in payloads(mid):
        n+=1
        if where.kind!="personal" and n%5: continue
        teams.quiet(); teams.updates.clear()
        data={**p}
        data["nonce"]=f"x{n}{who.name[:2]}{where.kind[:2]}"
        got=await teams.press(who, where, data)
        blob=json.dumps([x.__dict__ for x in teams.posted if where.kind=="personal" or x.conversation.startswith("19:")], default=str, ensure_ascii=False)
        blob_no=blob
        hit=[m for m in marks if m in blob_no and m not in json.dumps(p)]
        if hit: found.append((p,hit,blob[:300]))
        if "ging iets mis" in blob or "ging er iets mis" in blob: found.append((p,"ERR",blob[:300]))
    for s in SENT:
        teams.quiet()
        await teams.say(who, where, s)
        blob=json.dumps([x.__dict__ for x in teams.posted if where.kind=="personal" or x.conversation.startswith("19:")], default=str, ensure_ascii=False)
        hit=[m for m in marks if m in blob and m not in s]
        if hit: found.append((s,hit,blob[:1500]))
        if "iets mis" in blob: found.append((s,"ERR",blob[:300]))
        await teams.say(who, where, "laat maar")
    print(who.name, where.kind, n, len(found))
    return found
@pytest.mark.parametrize("who,spot,marks",[(JONAS,"p",MARKS),(JORIS,"p",MARKS),(JONAS,"c",MARKS),(NELE,"c",MARKS),(LOTTE,"p",["zegelprive"]),(LOTTE,"c",MARKS)],ids=["jonas","stranger","jonasch","nelech","lotte","lottech"])
async def test_leaks(teams, bot_house, query, who, spot, marks):
    mid=await make(bot_house, query)
    before=query("SELECT text, private, removed_at FROM report_lines ORDER BY id")+query("SELECT text,state FROM actions")
    where = who.chat if spot=="p" else CHANNEL
    f=await run(teams, who, where, mid, marks, bot_house)
    for x in f[:12]: print(x)
    after=query("SELECT text, private, removed_at FROM report_lines ORDER BY id")+query("SELECT text,state FROM actions")
    if who in (JONAS,JORIS): assert before==after
    assert not f

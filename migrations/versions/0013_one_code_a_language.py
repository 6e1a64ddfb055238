"""languages by one code each: that of ISO 639-1 where there is one, so that sqi is sq"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# As app/reference/languages.csv had them on 2026-11-30: the code that stays, and its other codes.
CODES = """
aa=aar aas=aam ab=abk acn=xia acr=acc adx=pcr ae=ave aeb=ajt af=afr ak=aka am=amh amj=miv an=arg
aog=myd apc=ajp ar=ara as=asm av=ava awn=xuf ay=aym az=aze ba=bak bbh=bgh bcg=bgm be=bel beb=btb
bfy=ppa bg=bul bgk=bxt bi=bis bih=bh bir=bic bm=bam bmf=krm bn=ben bo=bod,tib bpp=nxu br=bre
bs=bos bsb=bsd,ttx bwi=cru byd=nxj ca=cat cac=cnm cak=cbm,ckc,ckd,cke,ckf,cki,ckj,ckk,ckw
cax=xba cbr=nom ce=che ch=cha cir=meg cmr=cka co=cos cr=cre crr=pmk cs=ces,cze ctu=cti cu=chu
cv=chv cy=cym,wel da=dan de=deu,ger dev=gav dif=dit dmw=xrq drl=bjd dtp=ktr,kzj,kzt,tdu duz=guv
dv=div dz=adp,dzo ee=ewe eko=nte el=ell,gre ema=uok en=aex,eng,yib enb=tle eo=epo es=spa et=est
eu=baq,bqe,bsz,eus fa=fas,per ff=ful fi=fin fj=fij fo=fao fr=fra,fre fy=fry ga=gle gal=ilw
gd=gla gdj=kvs gl=glg gn=grn gu=guj,prp gv=glv gvr=ggn ha=hau hbs=sh he=heb,iw hi=hin hle=sca
ho=hmo hr=hrv,scr ht=hat hu=hun hus=hsf,hva huw=pmc hy=arm,hye hz=her ia=ina iba=blg,snb
id=in,ind ie=ile,occ ig=ibo ii=iii ik=ipk ikz=szk io=ido is=ice,isl it=ita iu=iku ixl=ixi,ixj
ja=jpn jaa=bnh,jap jac=jai jal=hrr jv=jav,jaw,jw ka=geo,kat kak=tne kdz=ncp kg=kon kge=vky
khe=krg khk=drh kho=xsk ki=kik kj=kua kjh=zkb kk=kaz kl=kal km=khm kmb=smd kml=kgh kn=kan
knx=ahe,skl ko=kor kpc=paj kr=kau kru=kxl ks=kas ksp=lak ktz=aue ku=kur kv=kom kw=cor kwv=koj
kxn=tnj kxr=pat ky=kir kzk=drr,gli la=lat lb=ltz lcq=ppr lg=lug li=lim liw=sdi
ljp=krq,pec,pun,rae,suu ln=lin lo=lao loe=slb lpo=yio lrr=yma lt=lit lu=lub lv=lav
mam=mms,mpf,mtz,mvc,mvj mg=mlg mh=mah mhu=dat mi=mao,mri min=vmo mk=mac,mkd ml=mal mn=mon
mom=cjr mr=mar mry=mst,myt ms=may,msa mt=mlt mtm=ymt mui=lmt,pen,plm,rws mxj=gen my=bur,mya
mzu=itu na=nau nb=nob nbr=nns nd=nde ne=nep nfd=nfg,nfk ng=ndo ngt=llo ngv=nnx nhi=nhj
nij=kxg,xah nl=dut,nld nn=nno no=nor nr=nbl nun=ayx nv=nav ny=nya nyc=gti
oc=auv,gsc,lms,lnc,oci,prv oj=oji ola=thw om=orm opa=ibi or=ori os=oss oyb=jeg,skk,thx pa=pan
peo=ope phr=pmu pi=pli pij=coy,nts pkb=poj pl=pol plu=kgm poc=poa,pou poh=pob prs=drw,tnf
prt=pry ps=pus pse=bke,eni,lnt,ogn,sdd,srj pt=por pub=puz qu=que quc=cun,quj,qut,quu,qxi quh=cqu
raq=lii ras=tie rki=ccq,ybd rm=roh rmx=lmm rn=run ro=mo,mol,ron,rum rob=tlz ru=rus rw=kin sa=san
sc=srd scv=zir sd=snd se=sme sg=sag si=sin sk=slk,slo sl=slv sm=smo sn=sna snz=asd so=som
sq=alb,sqi sqm=dek sr=scc,srp ss=ssw st=sot su=sun sv=swe sw=swa ta=tam taj=tsf tdf=kgc tdg=tmk
te=tel tg=tgk th=tha ti=tir tk=tuk tl=tgl tn=tsn to=ton tpn=tpw tpo=thc tr=tur ts=tso tt=tat
tvd=kxe tw=twi twm=tkk ty=tah tyj=tmp tzh=tzb tzj=tzt tzo=tzc,tze,tzs,tzu,tzz ug=uig uk=ukr
umi=szd ur=urd uz=uzb vaj=gfx,mwj,oun ve=ven vi=vie vo=vol wa=wln waw=xkh weo=tlw wo=wol xch=cmk
xh=xho xkl=boc,mqd xny=nad xsu=kob yam=kwq ybi=tmx yi=ji,yid yo=yor yua=yus yug=yuu ywu=ywm
za=zha zh=chi,zho zko=xss zom=yos zty=ztc zu=zul
"""
KEPT: Mapping[str, str] = {
    other: code
    for code, _, others in (entry.partition("=") for entry in CODES.split())
    for other in others.split(",")
}
COLUMNS = (("candidates", "languages"), ("slots", "required"), ("slots", "preferred"))


def upgrade() -> None:
    for table, column in COLUMNS:
        _rewrite(op.get_bind(), table, column)


def downgrade() -> None:
    """Nothing to do: the codes that are left said the same before."""


def _rewrite(connection: sa.Connection, name: str, column: str) -> None:
    table = sa.table(name, sa.column("id"), sa.column(column, sa.JSON))
    own_id, stored = table.c["id"], table.c[column]
    with_text = sa.select(own_id, sa.cast(stored, sa.Text))
    changes = list(_changed(connection.execute(with_text)))
    change = (
        table.update().where(own_id == sa.bindparam("own")).values({stored: sa.bindparam("new")})
    )
    if changes:
        connection.execute(change, changes)


def _changed(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The rows that name a language by another code than the one that stays."""
    known: dict[str, Any] = {}
    for own, text in rows:
        if text not in known:
            value = json.loads(text)
            kept = _kept(value)
            known[text] = None if kept == value else kept
        if known[text] is not None:
            yield {"own": own, "new": known[text]}


def _kept(value: Any) -> Any:
    """A list of languages, or an object that may have one."""
    if isinstance(value, list):
        return _one_each(value)
    return value | {name: _one_each(part) for name, part in value.items() if name == "languages"}


def _one_each(languages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a language comes by two codes, the higher level stays."""
    levels: dict[str, int] = {}
    for language in languages:
        code = KEPT.get(language["code"], language["code"])
        levels[code] = max(language["level"], levels.get(code, 0))
    return [{"code": code, "level": level} for code, level in levels.items()]

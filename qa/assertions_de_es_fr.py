"""How German, Spanish and French assert; the fields of `Assertions`."""

ASSERTIONS = {
    "de": dict(
        negation=r"\b(?:nicht|nichts|nie|niemals|niemand|kein(?:e[mnrs]?)?|weder|ohne|kaum|"
        r"verneint\w*|bestreite\w*|bestritt\w*|dementier\w*|verweiger\w*|lehn(?:t|te|ten|en)\b.{0,80}\bab|abgelehnt\w*|"
        r"ablehn\w*|wies\w*\b.{0,80}\bzurück|zurückgewiesen|scheiter\w*|gescheitert|fehl(?:t|te|ten|en)|"
        r"weiger\w*|geweigert|unklar|ungeklärt|falsch)\b",
        denying=r"\b(?:verneint\w*|bestreite\w*|bestritt\w*|dementier\w*|verweiger\w*|lehn(?:t|te|ten|en)\b(?=.{0,80}\bab)|"
        r"abgelehnt\w*|ablehn\w*|wies\w*\b(?=.{0,80}\bzurück)|zurückgewiesen|scheiter\w*|gescheitert|weiger\w*|geweigert)",
        doubt=r"\b(?:könnten?|dürften?|möglicherweise|vielleicht|wahrscheinlich|voraussichtlich|angeblich|"
        r"mutmaßlich\w*|"
        r"soll(?:en|te|ten)?|will|wollen|wollten?|möchten?|w[iü]rd(?:e|en)?|werden?|plan(?:t|te|ten|en)|geplant\w*|"
        r"vorhat|beabsichtig\w*|hoff(?:t|te|ten|en)|erwart\w+|falls|wenn|ob|droh\w+|versuch\w*|vorwurf|vorwürfe\w*|"
        r"verdacht|verdächtig\w*|beschuldig\w*|behaupte\w*|prüf(?:t|te|ten|en)|erwäg\w*|vorgeschlagen|schlug\w* vor)\b",
        claim=r"\b(?:angeblich|mutmaßlich\w*|verdacht|verdächtig\w*|vorwurf|vorwürfe\w*|beschuldig\w*|behaupte\w*)\b",
        chance=r"\b(?:könnten?|dürften?|möglicherweise|vielleicht|wahrscheinlich|falls|ob|erwäg\w*|prüf(?:t|te|ten|"
        r"en))\b",
        over=r"\b(?:mehr als|über|mindestens|wenigstens|nicht weniger als|ab)\W*$",
        under=r"\b(?:weniger als|unter|höchstens|maximal|fast|knapp|bis zu|nicht mehr als|beinahe)\W*$",
        part=r"(?:\d|\b(?:meisten|einige|viele|mehrere|wenige|hälfte|teil|mehrheit)) (?:der|von|"
        r"von den) (?:\w+ ){0,2}$|"
        r"(?:^|[,;.] )von (?:den |ihren |seinen )?$",
        thereof=r"\b(?:darunter|davon)\b",
        among=r"\b(?:von|unter|der) (?:\S+ ){0,2}$",
        partial=r"\b(?:die meisten|einige der|viele der|mehrere der|ein teil|teile|zum teil|teilweise|mehrheit|"
        r"drittel|viertel|fünftel)\b",
        whole=r"\b(?:alle[mnrs]?|jede[mnrs]?|ganze[mnrs]?|sämtliche\w*|immer|gesamte\w*)\b",
        reporting=r"[^\w,;:]*(?:sag(?:t|te|ten|en)|erklär(?:t|te|ten|en)|teilte?n?|berichte\w*|melde\w*|betont\w*|"
        r"bestätig\w*|"
        r"kündigt\w*|schr(?:ieb|eib)\w*)\b",
        source=(
            r"\b(?:laut|nach angaben (?:von|der|des)|wie) (?:(?:der|die|das|dem) )?{name}(?: berichtet\w*|"
            r" meldet\w*)?,?",
            r"\(\s*{name}\s*\)",
            r"^{name}(?:,[^:]{{0,30}})?:",
        ),
        passive=r"\b(?:w[ui]rde?n?|werden|worden)\b.{0,80}\b(?:vo[nm]|durch)\b|\b(?:vo[nm]|"
        r"durch)\b.{0,80}\bw[ui]rde?n?\b",
        inverts=True,
        fronted=r"(?:\d{4}|wie|nach|vor|in|im|am|an|auf|bei|beim|seit|für|mit|während|weil|als|wenn|von|unter|aus|"
        r"laut|um|bis|zu[mr]?)",
        placed=r"\b(?:in|im|am|an|auf|aus|bei|beim|nach|von|vom|für|seit|während)(?: (?:der|dem|den|die|das))?",
        joined=r"und|oder|sowie",
        be=("wurde", "wurden", "wird", "werden", "worden"),
        breaks=r"[;:—–]|, |\b(?:aber|und|während|obwohl|weil|nachdem|bevor|als|wenn)\b",
        nouns=r"(?<!\w)(?:de[rmns]|die|das|ein(?:e[mnrs]?)?|kein(?:e[mnrs]?)?|(?:ihr|sein|unser|dies|jed|all|viel|"
        r"mehrer|einig|"
        r"beid)(?:e[mnrs]?)?|im|zu[mr]|vom|am|beim|\d[\d.,]*)(?: [a-zäöüß]\w*){0,3} $",
        opposites={
            "rise": (
                r"\b(?:stieg\w*|steig\w+|gestiegen\w*|erhöh\w+|wuchs\w*|wächst|wachs\w*|gewachsen|zunahm\w*|"
                r"zu(?:ge)?nommen|"
                r"höher\w*|verdoppel\w+|ausgebaut|mehr)\b",
                r"\b(?:sank\w*|sink\w+|gesunken\w*|senk\w+|gesenkt|fiel\w*|fällt|gefallen|verringer\w+|reduzier\w+|"
                r"schrumpf\w+|geschrumpft|abgenommen|niedriger\w*|halbier\w+|gekürzt|kürz\w+|weniger)\b",
            ),
            "win": (
                r"\b(?:gew[ai]nn\w*|gewonnen|sieg\w*|schlug\w*|geschlagen)\b",
                r"\b(?:verl[io]e?r\w*|verlor\w*|niederlage\w*)\b",
            ),
            "open": (
                r"\b(?:(?:er|wiederer)?öffne\w*|geöffnet|eröffn\w+)\b",
                r"\b(?:schließ\w*|schloss\w*|geschlossen\w*)\b",
            ),
            "support": (
                r"\b(?:unterstütz\w+|befürwort\w+|stimmte?n?\b.{0,60}\bzu|zugestimmt|zustimm\w+|begrüß\w+|angenommen|"
                r"billig\w+|lobt\w*|nahm\w*\b.{0,80}\ban|genehmig\w+)\b",
                r"\b(?:abgelehnt\w*|ablehn\w*|lehn(?:t|te|ten|en)\b.{0,80}\bab|kritisier\w+|verurteil\w+|gegen|"
                r"wies\w*\b.{0,80}\bzurück|"
                r"zurückgewiesen|protestier\w+)\b",
            ),
            "before": (r"\b(?:vor|bevor|vorher|zuvor|früher)\b", r"\b(?:nach|nachdem|später|danach)\b"),
            "more": (
                r"\b(?:mehr|meiste\w*|größ(?:er|te)\w*|höchste\w*|läng(?:er|ste)\w*|beste\w*|älteste\w*)\b",
                r"\b(?:weniger|wenigste\w*|klein(?:er|ste)\w*|niedrigste\w*|kürz(?:er|este)\w*|schlechteste\w*|"
                r"jüngste\w*)\b",
            ),
            "begin": (
                r"\b(?:beg[aio]nn\w*|begonnen|start\w*|gestartet|trat\w*\b.{0,60}\b(?:bei|an)|kam\w*\b.{0,60}\ban|"
                r"angekommen)\b",
                r"\b(?:end\w+|beend\w+|stopp\w*|gestoppt|abgebrochen|verl(?:ieß|ass)\w*|eingestellt|abgesagt)\b",
            ),
            "buy": (r"\b(?:kauf\w*|gekauft|erw[aio]rb\w*|erworben|importier\w+)\b", r"\b(?:verkauf\w*|exportier\w+)\b"),
            "north": (r"\bnörd\w*|\bnord\w*", r"\bsüd\w*"),
            "east": (r"\böst\w*|\bost(?:en|s)?\b", r"\bwest\w*"),
            "guilt": (
                r"\b(?:schuldig\w*|verurteil\w*)\b",
                r"\b(?:unschuldig\w*|freigesprochen\w*|sprach\w*\b.{0,80}\bfrei|freispr\w+)\b",
            ),
            "live": (
                r"\b(?:überleb\w+|lebend\w*|geboren\w*)\b",
                r"\b(?:st[aeio]rb\w*|gestorben|tot\w*|töt\w+|getötet\w*|ums leben)\b",
            ),
            "hurt": (
                r"\b(?:verletz\w*|verwundet\w*)\b",
                r"\b(?:st[aeio]rb\w*|gestorben|tot\w*|töt\w+|getötet\w*|ums leben)\b",
            ),
            "first": (r"\b(?:erste[mnrs]?|erstmals)\b", r"\b(?:letzte[mnrs]?|zuletzt)\b"),
            "man": (
                r"\b(?:mann\w*|männer\w*|junge[n]?|sohn|vater|bruder)\b",
                r"\b(?:frau\w*|mädchen|tochter|mutter|schwester)\b",
            ),
            "legal": (
                r"\b(?:legal\w*|erlaub\w+|zugelassen|aufgehoben)\b",
                r"\b(?:illegal\w*|verbot\w*|verbiet\w*|untersag\w*)\b",
            ),
            "free": (
                r"\b(?:freigelassen\w*|freiließ\w*|befreit\w*)\b",
                r"\b(?:verhaftet\w*|festgenommen\w*|inhaftiert\w*|nahm\w*\b.{0,80}\bfest)\b",
            ),
            "profit": (r"\b(?:gewinn(?:e|en|s)?|überschuss\w*)\b", r"\b(?:verlust\w*|defizit\w*)\b"),
            "safe": (r"\b(?:sicher\w*|harmlos\w*|unversehrt\w*)\b", r"\b(?:unsicher\w*|gefährlich\w*|schädlich\w*)\b"),
        },
        amounts={
            "tens": r"\bdutzende\w*\b",
            "hundreds": r"\bhunderte\w*\b",
            "thousands": r"\btausende\w*\b",
            "millions": r"(?<!\d )\bmillionen von\b",
            "half": r"\b(?:hälfte|halbier\w*)\b",
            "third": r"\bdrittel\w*\b",
            "quarter": r"\b(?:ein|drei) viertel\b",
        },
    ),
    "es": dict(
        negation=r"\b(?:no|nunca|jamás|nadie|nada|ningun[oa]?s?|ningún|ni|sin|tampoco|apenas|neg(?:ó|aron|aba|ado|"
        r"ando|ar)|niega[n]?|"
        r"desm(?:int|ent|ient)\w+|rechaz\w+|fracas\w+|carec\w+|falso)\b",
        denying=r"\b(?:neg(?:ó|aron|aba|ado|ando|ar)|niega[n]?|desm(?:int|ent|ient)\w+|rechaz\w+|fracas\w+|carec\w+)\b",
        doubt=r"\b(?:podr(?:ía|ían|á|án)|puede[n]?|quizás?|tal vez|posible(?:mente)?|probable(?:mente)?|prev[eé]\w*|"
        r"previst\w+|"
        r"planea\w*|pretend\w+|quier[ea]\w*|esper[ao]\w*|si|presunt\w+|supuest\w+|sospech\w+|acus\w+|propon\w+|"
        r"propues\w+|"
        r"propus\w+|intent\w+|amenaz\w+|prome[st]\w+|\w{2,}(?:ará|erá|irá|arán|erán|irán|aría|ería|iría|arían|erían|"
        r"irían)|"
        r"será[n]?|sería[n]?|v(?:a|an) a|habrá[n]?|habría[n]?)\b",
        claim=r"\b(?:presunt\w+|supuest\w+|sospech\w+|acus\w+)\b",
        chance=r"\b(?:podr(?:ía|ían|á|án)|quizás?|tal vez|posible(?:mente)?|probable(?:mente)?|si)\b",
        over=r"\b(?:más de|al menos|como mínimo|superior(?:es)? a|por encima de|supera\w*)\W*(?:los |las |el |a )?$",
        under=r"\b(?:menos de|casi|hasta|como máximo|cerca de|por debajo de|a lo sumo)\W*(?:los |las |el )?$",
        part=r"(?:\d|\b(?:mayoría|algun[oa]s|much[oa]s|vari[oa]s|poc[oa]s|mitad|parte)) de (?:l[oa]s |sus )?(?:\w+ )?$|"
        r"(?:^|[,;.] )de (?:l[oa]s |sus )?$",
        thereof=r"\b(?:de (?:los|las) cuales|de (?:ellos|ellas)|entre ell[oa]s|incluid[oa]s)\b",
        among=r"\b(?:de|entre) (?:\S+ ){0,2}$",
        partial=r"\b(?:la mayoría|algun[oa]s de|much[oa]s de|vari[oa]s de|poc[oa]s de|la mitad|(?:una |"
        r"gran )parte de|tercios? de|cuart[oa]s? de)\b",
        whole=r"\b(?:tod[oa]s?|cada|siempre|enter[oa]s?)\b",
        reporting=r"[^\w,;:]*(?:di(?:jo|jeron|ce[n]?)|inform\w+|anunci\w+|afirm\w+|asegur\w+|explic\w+|señal\w+|"
        r"confirm\w+|indic\w+|escrib\w+)\b",
        source=(
            r"\b(?:según|de acuerdo con|como informa|según informa) (?:(?:el|la) )?(?:diario )?{name},?",
            r"\(\s*{name}\s*\)",
            r"^{name}(?:,[^:]{{0,30}})?:",
        ),
        passive=r"\b(?:fue(?:ron)?|es|son|era[n]?|ha[n]? sido|siendo|ser)\b.{0,40}\bpor\b|\b\w{2,}[ai]d[oa]s? por\b",
        fronted=r"(?:después|antes|tras|en|el|a|al|desde|por|para|con|durante|porque|cuando|si|según|bajo|"
        r"hasta)(?= [^,]*, )",
        relative=r"(?:que|quien|quienes|cuy[oa]s?)",
        placed=r"\b(?:en|a|al|de|del|desde|hacia|para|durante|cerca de)(?: (?:el|la|los|las))?",
        joined=r"y|e|o|así como",
        be=("fue", "fueron", "es", "son", "era", "eran", "sido", "siendo"),
        breaks=r"[;:—–]|, |\b(?:pero|y|mientras|aunque|porque|después|antes|cuando|quien)\b",
        opposites={
            "rise": (
                r"\b(?:sub(?:e|ió|ieron|ida\w*)|aument\w+|crec\w+|increment\w+|alza|más|mayor(?:es)?|duplic\w+|"
                r"elev\w+)\b",
                r"\b(?:baj(?:a|ó|aron|ada\w*)|disminu\w+|redu[cj]\w+|ca(?:e|yó|yeron|ída\w*)|descen\w+|menos|"
                r"menor(?:es)?|recort\w+)\b",
            ),
            "win": (
                r"\b(?:gan(?:a|ó|aron|ar|ado|ador\w*)|venc\w+|victoria\w*|derrotó|triunf\w+)\b",
                r"\b(?:perd\w+|pierd\w+|derrota[s]?|derrotad[oa]s?)\b",
            ),
            "open": (
                r"\b(?:abr\w+|abiert\w+|reabr\w+|inaugur\w+|apertura)\b",
                r"\b(?:cerr\w+|cierr\w+|clausur\w+|cierre)\b",
            ),
            "support": (
                r"\b(?:apoy\w+|respald\w+|aprob\w+|aprueb\w+|acept\w+|aplaud\w+|celebr\w+|a favor)\b",
                r"\b(?:op(?:on|us|one)\w*|conden\w+|critic\w+|rechaz\w+|en contra|vet[óa]\w*|denunci\w+)\b",
            ),
            "before": (r"\bantes\b", r"\b(?:después|tras|luego)\b"),
            "more": (r"\b(?:más|mayor(?:es)?|mejor(?:es)?)\b", r"\b(?:menos|menor(?:es)?|peor(?:es)?)\b"),
            "begin": (
                r"\b(?:empez\w+|empiez\w+|comenz\w+|comienz\w+|inici\w+|entr(?:a|ó|aron)|lleg\w+|lanz\w+)\b",
                r"\b(?:termin\w+|acab\w+|finaliz\w+|detuv\w+|suspend\w+|cancel\w+|sal(?:ió|ieron)|abandon\w+|"
                r"retir\w+)\b",
            ),
            "buy": (r"\b(?:compr\w+|adqui\w+|import(?:a|ó|aron|ación\w*))\b", r"\b(?:vend\w+|venta\w*|export\w+)\b"),
            "north": (r"\bnorte\b", r"\bsur\b"),
            "east": (r"\b(?:este de|oriente|oriental)\b", r"\b(?:oeste|occidente|occidental)\b"),
            "guilt": (r"\b(?:culpable\w*|conden\w+)\b", r"\b(?:inocente\w*|absuelt\w+|absolv\w+)\b"),
            "live": (
                r"\b(?:sobreviv\w+|viv[oa]s?|nac(?:ió|ieron|id\w+))\b",
                r"\b(?:mur\w+|muert\w+|mata\w*|mató|falleci\w+)\b",
            ),
            "hurt": (r"\b(?:herid\w+|lesion\w+)\b", r"\b(?:mur\w+|muert\w+|mata\w*|mató|falleci\w+)\b"),
            "first": (r"\b(?:primer[oa]?s?)\b", r"\b(?:últim[oa]s?)\b"),
            "man": (
                r"\b(?:hombres?|niños?|marido|hijo|padre|hermano)\b",
                r"\b(?:mujer(?:es)?|niñas?|esposa|hija|madre|hermana)\b",
            ),
            "legal": (
                r"\b(?:legal(?:es)?|permit\w+|autoriz\w+|levant\w+)\b",
                r"\b(?:ilegal(?:es)?|prohib\w+|impus\w+|impon\w+)\b",
            ),
            "free": (r"\b(?:liber(?:ó|aron|ad[oa]s?))\b", r"\b(?:detuv\w+|deten\w+|arrest\w+|encarcel\w+)\b"),
            "profit": (r"\b(?:benefici\w+|gananci\w+|superávit)\b", r"\b(?:pérdidas?|déficit)\b"),
            "safe": (r"\b(?:segur[oa]s?|a salvo|ilesos?)\b", r"\b(?:peligros\w+|insegur\w+|dañin\w+)\b"),
        },
        amounts={
            "tens": r"\bdecenas\b",
            "hundreds": r"\b(?:cientos|centenares)\b",
            "thousands": r"\b(?:miles|millares)\b",
            "half": r"\bmitad\b",
            "third": r"\b(?:tercio|tercera parte)",
            "quarter": r"\b(?:un|tres) cuartos?\b",
        },
    ),
    "fr": dict(
        negation=r"\b(?:ne|pas|jamais|rien|personne ne|aucune?s?|ni|sans|guère|non|ni(?:e|é|ent|er)|dément\w*|"
        r"refus\w+|rejet\w+|"
        r"échou\w+|échec|manqu\w+|faux)\b|\bn['’]",
        denying=r"\b(?:ni(?:e|é|ent|er)|dément\w*|refus\w+|rejet\w+|échou\w+|manqu\w+)\b",
        doubt=r"\b(?:pourrai(?:t|ent)|peut(?:-être)?|peuvent|possible\w*|probable\w*|prév(?:oit|oient|u\w*)|envisag\w+|"
        r"veu(?:t|lent)|souhait\w+|esp[eéè]r\w+|si|présum\w+|soupçon\w+|accus\w+|propos\w+|tent(?:e|ent|é|er|"
        r"ative)\w*|menac\w+|"
        r"prom(?:et|is)\w*|devrai(?:t|ent)|doi(?:t|vent)|\w{2,}(?:era|eront|ira|iront|erait|eraient|irait|iraient|"
        r"dra|dront|drait)|"
        r"sera|seront|serait|seraient|aura|auront|aurait|auraient|v(?:a|ont) \w+(?:er|ir|re))\b",
        claim=r"\b(?:présum\w+|soupçon\w+|accus\w+)\b",
        chance=r"\b(?:pourrai(?:t|ent)|peut-être|possible\w*|probable\w*|si|envisag\w+)\b",
        over=r"\b(?:plus d[e'’]|au moins|supérieure?s? à|dépass\w+)\W*$",
        under=r"\b(?:moins d[e'’]|près d[e'’]|presque|jusqu['’]à|au plus|au maximum|à peine)\W*$",
        part=r"(?:\d|\b(?:plupart|certains|beaucoup|plusieurs|peu|moitié|partie|majorité)) d(?:es|e|e ses|"
        r"e leurs) (?:\w+ )?$|"
        r"(?:^|[,;.] )(?:sur|parmi) (?:les |ses |leurs )?$",
        thereof=r"\b(?:dont|parmi (?:lesquel(?:le)?s|eux|elles))\b",
        among=r"\b(?:de|des|sur|parmi) (?:\S+ ){0,2}$",
        partial=r"\b(?:la plupart|certaine?s d|beaucoup d|plusieurs d|la moitié|une partie|la majorité|tiers d|"
        r"quarts? d)",
        whole=r"\b(?:tous|toutes?|tout|chaque|toujours|entière?s?|entiers?)\b",
        reporting=r"[^\w,;:]*(?:a |ont )?(?:dit|disent|déclar\w+|annonc\w+|affirm\w+|assur\w+|expliqu\w+|indiqu\w+|"
        r"précis\w+|confirm\w+|écri\w+)\b",
        source=(
            r"\b(?:selon|d['’]après|comme l['’]écrit) (?:(?:le|la) )?(?:journal )?{name},?",
            r"\(\s*{name}\s*\)",
            r"^{name}(?:,[^:]{{0,30}})?:",
        ),
        passive=r"\b(?:est|sont|était|étaient|fut|furent|été|être)\b.{0,40}\bpar\b|\b\w{2,}(?:é|i|u)e?s? par\b",
        fronted=r"(?:après|avant|dans|en|à|au|aux|depuis|pour|avec|pendant|parce|quand|lorsque|si|par|sous|selon|"
        r"chez|d['’]ici)",
        relative=r"(?:qui|que|dont)",
        placed=r"\b(?:en|à|au|aux|dans|de|du|des|depuis|vers|chez|pendant|près de|sur)(?: (?:le|la|les))?|\b[dl]['’]",
        joined=r"et|ou|ainsi que",
        be=("est", "sont", "était", "étaient", "été", "fut", "furent", "être"),
        breaks=r"[;:—–]|, |\b(?:mais|et|tandis|alors|bien|parce|après|avant|quand|lorsque|qui|dont)\b",
        opposites={
            "rise": (
                r"\b(?:mont(?:e|é|ée|ent)|augment\w+|haussé?|hausses?|cr[uû]|croissance|croît|progress\w+|plus|"
                r"supérieur\w*|doubl\w+|relev\w+)\b",
                r"\b(?:baiss\w+|diminu\w+|rédui\w+|chut\w+|recul\w*|tomb\w+|moins|inférieur\w*|coup(?:e|é)\w*)\b",
            ),
            "win": (
                r"\b(?:gagn\w+|remport\w+|victoire\w*|vain[cq]\w+|battu par)\b",
                r"\b(?:perd\w*|défaites?|s['’]inclin\w+)\b",
            ),
            "open": (
                r"\b(?:ouv(?:r\w+|ert\w*)|rouv\w+|inaugur\w+)\b",
                r"\b(?:ferm(?:e|é|er|ent|ée|és|ées|eture\w*))\b",
            ),
            "support": (
                r"\b(?:souti\w+|souten\w+|approuv\w+|accept\w+|adopt\w+|salu\w+|favorable\w*|pour)\b",
                r"\b(?:oppos\w+|condamn\w+|critiqu\w+|rejet\w+|dénonc\w+|contre|refus\w+)\b",
            ),
            "before": (r"\bavant\b", r"\baprès\b"),
            "more": (r"\b(?:plus|meilleure?s?|davantage)\b", r"\b(?:moins|pires?)\b"),
            "begin": (
                r"\b(?:commenc\w+|début\w*|lanc(?:e|é|er)\w*|entr(?:e|é|er|ent|ée)|arriv\w+|rejoi\w+)\b",
                r"\b(?:fini\w*|termin\w+|arrêt\w+|suspend\w*|annul\w+|quitt\w+|retir\w+|cess\w+)\b",
            ),
            "buy": (
                r"\b(?:achet\w+|achat\w*|acqui\w+|import(?:e|é|ations?)\w*)\b",
                r"\b(?:vend\w*|ventes?|export\w+)\b",
            ),
            "north": (r"\bnord\b", r"\bsud\b"),
            "east": (r"\b(?:à l['’]est|oriental\w*)\b", r"\b(?:ouest|occident\w*)\b"),
            "guilt": (r"\b(?:coupables?|condamn\w+)\b", r"\b(?:innocent\w*|acquitt\w+|relax\w+)\b"),
            "live": (
                r"\b(?:surviv\w+|survéc\w+|vivante?s?|né[es]*|sains? et saufs?)\b",
                r"\b(?:mort\w*|tué\w*|décéd\w+|mour\w+)\b",
            ),
            "hurt": (r"\bbless\w+\b", r"\b(?:mort\w*|tué\w*|décéd\w+)\b"),
            "first": (r"\b(?:premi(?:er|ère)s?)\b", r"\b(?:derni(?:er|ère)s?)\b"),
            "man": (r"\b(?:hommes?|garçons?|mari|fils|père|frère)\b", r"\b(?:femmes?|filles?|épouse|mère|sœur)\b"),
            "legal": (
                r"\b(?:lég(?:al|aux)\w*|autoris\w+|permet\w*|permis|levé)\b",
                r"\b(?:illég(?:al|aux)\w*|interdi\w+|impos\w+)\b",
            ),
            "free": (r"\b(?:libér\w+)\b", r"\b(?:arrêté\w*|détenu\w*|emprisonn\w+|interpell\w+)\b"),
            "profit": (r"\b(?:bénéfices?|profits?|excédent\w*)\b", r"\b(?:pertes?|déficit\w*)\b"),
            "safe": (r"\b(?:sûre?s?|saufs?|sans danger|indemnes?)\b", r"\b(?:dangereu\w+|nocifs?)\b"),
        },
        amounts={
            "tens": r"\bdizaines\b",
            "hundreds": r"\bcentaines\b",
            "thousands": r"\bmilliers\b",
            "half": r"\bmoitié\b",
            "third": r"\b(?:un|deux) tiers\b",
            "quarter": r"\b(?:un|trois) quarts?\b",
        },
    ),
}

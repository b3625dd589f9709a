"""English crisis phrases of the floor, as regular expressions over folded text.

A space stands for any white space or none. Keepers: see docs/safety-protocol.md before a change.
"""

_WHO = r"(?:he|she|they|someone|somebody|this (?:guy|man|dude|woman)|my (?:ex|bf|boyfriend|husband|man|pimp|trafficker|dad|stepdad|father|uncle|brother|boss|manager|client|gf|girlfriend|wife|partner))"
_WANT = r"(?:want(?:ed|ing|s)? (?:to|2)|wanna|wan2|wnt (?:to|2)|going (?:to|2)|gonna|gona|plan(?:ning)? (?:to|on)|about to|ready to|thinking (?:about|of)|tempted to|trying to|tried to|ima|imma)"
_PARTNER = r"(?:husband|hubby|boyfriend|bf|wife|girlfriend|gf|partner|ex|dad|stepdad|step dad|father|mom|stepmom|mother|baby ?daddy|babydaddy|babys dad|man|fiance|fiancee|roommate|brother|uncle|son|boy friend)"
_CLOSE = r"(?:daughter|son|sister|brother|friend|best friend|bff|niece|nephew|cousin|wife|husband|mom|mother|dad|kid|child|baby|girl ?friend|boyfriend|roommate|coworker|student|neighbou?r|granddaughter|grandson|stepdaughter|aunt|client|patient)"
_HIT_UP = r"(?! (?:me|us) up\b(?! against| side))"
_HIT = (
    rf"(?:hit(?:s|ting)?{_HIT_UP}|beat|beats|beating|beaten|choke|chokes|choked|choking|strangle|strangles|strangled|strangling|slap|slaps"
    r"|slapped|slapping|punch|punches|punched|punching|kick|kicks|kicked|kicking|burn|burns|burned|stab|stabs|stabbed|stabbing|hurts"
    r"|hurting|shoved|shoves|smacked|smacks|whooped|beats up|beat up)"
)
_CHILD = r"(?:daughter|son|kid|kids|child|baby|girl|boy|niece|nephew|grandson|granddaughter|grandkid|grandchild|grandbaby|stepson|stepdaughter|teen|teenager|year old|yr old|yo)"
_MISSING = (
    r"missing(?! (?:school|class\w*|work|practice|homework|assignments|out|me|us|you|her|him|his|them|dad|daddy|mom|mommy|home|(?:\w+ ){0,2}(?:teeth"
    r"|tooth))\b)"
)
_WEAPON = r"(?:gun|knife|machete|bat|pistol|weapon|rifle|blade)"

_IN_PLAY = (
    r"(?! (?:at|in) (?:\w+ ){0,2}(?:chess|checkers|cards|uno|poker|pool|golf|tennis|basketball|fantasy|madden|fifa|mario\w*|monopoly"
    r"|scrabble|games?|races?|polls)\b)"
)

_FAMILY = (
    r"(?:husband|hubby|boyfriend|boy friend|bf|wife|girlfriend|gf|partner|ex|fiancee?|baby ?daddy|dad|daddy|father|mom|mother"
    r"|step ?(?:dad|father|mom|mother|brother)|brother|sister|uncle|aunt|cousin|grand(?:pa|father|ma|mother)|(?:father|mother"
    r"|brother) in law|roommate)"
)
_OVER_ME = r"(?:man|pimp|trafficker|madam|boss|manager|supervisor|landlord|sugar ?daddy|client|customer|trick|date|john|driver|neighbou?r)"
_ATTACKING = (
    rf"(?:hitting{_HIT_UP}|beating|choking|strangling|suffocating|smothering|stabbing|attacking|punching|kicking|slapping|whipping|burning"
    r"|hurting)"
)
_ATTACKED = (
    r"(?:me|us|my (?:\w+ ){0,2}(?:mom|mother|mama|dad|sister|brother|kids?|child|children|baby|son|daughter|grandma|face|head|neck"
    r"|throat|back|arms?|legs?|stomach))"
)
_NOT_NOW = (
    r"(?! (?:every|all the time|lately|a lot|often|when|whenever|sometimes|these days|daily|most|for (?:\w+ ){0,2}(?:years?|months?"
    r"|weeks?)|financially|emotionally|mentally|with (?:\w+ ){0,2}(?:words|texts|emails|messages|memes|questions|calls|work|shifts|fees"
    r"|bills))\b)"
)
_ATTACKS_NOW = (
    r"(?:(?:'s|s| is| are)(?: (?:literally|actively|fucking|really|still|currently|now"
    rf"|right now))? {_ATTACKING} {_ATTACKED}{_IN_PLAY}{_NOT_NOW}| {_ATTACKING} {_ATTACKED} (?:\w+ ){{0,2}}(?:right now|rn|help))"
)

_DRAWN_WEAPON = (
    rf"(?:has|got|have|pulled|pulling|holding|waving|put|pointed|pointing) (?:a|his|her|the|that) {_WEAPON} (?:on|to|at|against|in|and|out"
    r"|up|rn|right now|here|with)"
)
_WEAPON_AGAINST_ME = rf"{_WEAPON} (?:to|against|at|on|pointed at|in) (?:my|our|me|us) (?:head|face|throat|neck|back|kids?)?"
_COMES_ARMED = (
    r"(?:com(?:es|ing|e)|came|ran|runs?|running|charg(?:es|ed|ing)|lung(?:es|ed|ing)|went|going|chas(?:es|ed|ing)|swinging) (?:at |after |towards? )?(?:me|us"
    rf"|my (?:mom|kids?|son|daughter)) with (?:a|his|her|the|my) (?:\w+ )?{_WEAPON}"
)
_CAME_ARMED = (
    r"(?:outside|came|comes|showed up|walked in|at (?:my|the|our) door) (?:\w+ ){0,2}with (?:a|his|her|the)"
    r" (?:gun|knife|machete|pistol|rifle)"
)
WEAPONS_EN = (_DRAWN_WEAPON, _WEAPON_AGAINST_ME, _CAME_ARMED, _COMES_ARMED)
WEAPON_OF_ANOTHER_EN = (
    rf"(?:he|she|they|hes|shes|theyre|someone|somebody|guys?|men|woman|people|son|cops?|officer|{_FAMILY}|{_OVER_ME})\b(?:'s"
    rf"|'re)?(?:,? (?!(?:i|im|i'm|ive|i've)\b)[\w']{{1,24}}+){{0,8}},? (?:{_DRAWN_WEAPON}|{_WEAPON_AGAINST_ME}|{_CAME_ARMED}|{_COMES_ARMED})",
    rf"{_WEAPON} (?:is |was )?(?:pointed|aimed|pulled) (?:at|on) (?:me|us)",
)
"""A weapon in the hands of somebody else: that person comes before it, with no "I" between."""

FEAR_OF_DEATH_EN = (r"(?:dont|don't|do not|never|didnt|didn't) (?:\w+ )?(?:want(?:ed)? (?:to|2)|wanna) (?:die|be killed|get killed)",)
"""Said under attack; the words hold a wish to die that is none."""

PLEAS_EN = (
    r"(?:send|call|get) (?:me )?(?:the )?(?:help|police|cops|911|an ambulance|ambulance|someone) (?:now|please|pls|plz|quick|hurry|asap"
    r"|here|for me|rn|fast)",
    r"(?:please|pls|plz) (?:someone )?(?:help|save) (?:me|us)(?:[.! ]*$| now)",
    r"(?:someone|somebody|anyone|anybody) (?:please |pls |plz )?help (?:me|us)(?:[.! ]*$| now| please| pls)",
    r"^(?:please |pls |plz |god |omg )*help me[.! ]*$",
    r"help me(?:[,.!]| right)? (?:now|please[.! ]*$|pls[.! ]*$|plz[.! ]*$|hurry|quick|fast)",
    r"(?:i|we) need help (?:now|right now|rn|asap|immediately|fast|quick|please help)",
)
"""Pleas for help that name no attacker: immediate danger, unless the danger is the writer's own wish to die."""

_SELF = r"(?:her|him|his|them) (?:self|selves)"
_ANOTHER = (
    rf"(?:(?:my|our|his|her) (?:\w+ ){{0,3}}(?:{_CLOSE}|bf|gf|partner|ex|fiancee?|uncle|grand(?:ma|pa|mother|father)|step ?(?:son|dad|mom"
    r"|sister|brother)|classmate)|(?:someone|somebody|(?:a|this) (?:girl|boy|guy|kid|person|friend)) (?:i|in my|at my|from my"
    r"|on my) (?:\w+ ){1,3}|he|she|they)(?:'s|s|'re)?\b"
)
_SAYS = (
    r"(?: (?:told|tells|telling|texted|texts|messaged|called|said to|wrote) (?:me|us)| (?!(?:i|im|i'm|ive|i'd|id|me|my|us|so|because|bc"
    r"|cuz|if|when|never|not|isnt|isn't|doesnt|doesn't|dont|don't)\b)[\w']{1,24}+){0,6}"
)
_INTENDS = (
    r"(?:wants? (?:to|2)|wanna|going (?:to|2)|gonna|about to|will|might|threaten\w*(?: to)?|trying to|tries to|plan\w* (?:to|on)"
    r"|thinking (?:of|about)|talk\w* (?:about|of)|keeps? saying (?:he|she|they)(?:'ll|ll| will|'d|d| would)?)"
)
_KILLS_SELF = (
    rf"(?:(?:kill|off|unalive|hang|shoot|drown|poison)(?:ing)? {_SELF}|(?:end|ending|take|taking) (?:her|his|their)(?: own)? (?:life"
    r"|lives))"
)
_DIES = (
    r"(?:(?:die|be dead)(?! (?:of|from|laughing|hard|in|for|to|if|when|at|on|with|peacefully|(?:her|his|my) hair)\b)"
    r"|end it(?! with)(?: all)?|commit(?:ting)? suicide|not (?:be alive|exist)|jump (?:off|from) (?:of )?(?:a|the"
    r"|that) (?:\w+ ){0,2}(?:bridge|building|overpass|balcony|ledge|roof))"
)
_MEANS = r"(?:got|gets|has|have|bought|buying|took|holding|with) (?:a|the|some|my|his|her) (?:\w+ )?(?:rope|noose|gun|pistol|rifle|pills|razors?|blade)"
_GOODBYE = (
    r"(?:(?:said|says|saying|told|tells|texted|wrote|posted)(?: \w+){0,3} (?:bye|goodbye|good bye|farewell)|sa(?:id|ys) sorry for everything"
    r"|(?:gave|giving) away)"
)
SUICIDE_OF_ANOTHER_EN = (
    rf"{_ANOTHER} (?:\w+ ){{0,5}}{_INTENDS} (?:\w+ ){{0,2}}{_KILLS_SELF}",
    rf"(?:my (?:\w+ ){{0,3}}{_CLOSE} (?:\w+ ){{0,2}}|(?:he|she|they) just )tried to {_KILLS_SELF}",
    rf"{_ANOTHER} (?:\w+ ){{0,4}}(?:wants to|threaten\w* to|talk\w* about|thinking about|keeps trying to) (?:hurt|harm|cut|stab)(?:ting"
    rf"|ing)? {_SELF}",
    rf"{_ANOTHER}{_SAYS} (?:wants (?:to|2)|(?:(?:he|she|they)(?:'s|s|'re|re| is| are)?|is|are) (?:going (?:to|2)|gonna|about to"
    rf"|planning to|thinking (?:of|about))|threaten(?:s|ing)(?: to)?|talk(?:s|ing) about|plans to) (?:just )?{_DIES}",
    rf"(?:he|she|they)(?:'s|s|'re|re| is| are) (?:going (?:to|2)|gonna|about to|planning to) (?!die|be dead){_DIES}",
    rf"{_ANOTHER}(?: (?:just )?wanna| wish\w* (?:he|she|they) (?:was|were|could)| would rather) (?:just )?(?:{_DIES}|dead)",
    rf"{_ANOTHER}{_SAYS} (?:doesn'?t|does not|no longer) wants? to (?:live(?! (?:with|in|here|there|at|on|by|near|together|alone|like"
    r"|under|off)\b)|be alive|exist|wake up|be here (?:anymore|any more|no more))",
    rf"{_ANOTHER}(?: (?:is|are|has|have|been|feels?|feeling|seems?|sounds?|says?|said|told|me|us|that|he|she|they|hes|shes|he's|she's"
    r"|getting|really|very|so|actively|still|again|might|may|be|having|kinda|i|think|like)){0,7} suicidal",
    rf"{_ANOTHER}{_SAYS} (?:attempt(?:ed|ing|s)?|mention(?:s|ed|ing)?|threaten(?:s|ed|ing)?|consider(?:s|ing)|contemplat(?:es"
    r"|ing)) suicide",
    rf"{_ANOTHER} (?:(?:is|are|has|been|keeps?|started|still|just|always|again|also) ){{0,3}}(?:(?:cutting|cuts|slitting|slit|burning"
    rf"|burns) (?:{_SELF}|(?:her|his|their) (?:wrists?|arms?|thighs?))(?! (?:off|out|short|some|free|loose|while|shaving|on (?:the|a|his"
    r"|her|some))\b)|self ?-?harm(?:s|ing))",
    rf"{_ANOTHER} (?:\w+ ){{0,3}}(?:locked|shut|barricaded)(?: {_SELF})?(?: up)? (?:in|inside) (?:the|her|his|their|my"
    r"|our) (?:\w+ ){0,2}(?:bathroom|bedroom|room|closet|garage|basement|car|house) (?:\w+ )?with (?:\w+ ){0,3}(?:razors?|blades?"
    r"|knife|knives|guns?|pistol|rifle|shotgun|pills|rope|noose|belt|box ?cutter|scissors|bleach)",
    rf"{_ANOTHER}(?: \w+){{0,3}} {_MEANS}(?: \w+){{0,6}} {_GOODBYE}",
    rf"{_ANOTHER}(?: \w+){{0,3}} {_GOODBYE}(?: \w+){{0,6}} {_MEANS}",
    rf"{_ANOTHER} (?:\w+ ){{0,3}}(?:left|wrote|sent|texted|posted|has) (?:\w+ ){{0,3}}suicide (?:note|letter|text|message|video)",
)
"""Somebody else wants to die or hurts themselves: suicide for the danger, third party for who it is."""

OVERDOSE_OF_ANOTHER_EN = (
    rf"(?:my|our) (?:\w+ ){{0,3}}(?:{_CLOSE}|bf|gf|partner|ex|uncle|grand(?:ma|pa)|step ?(?:son|dad|mom))(?: (?!(?:i|we|so"
    r"|and)\b)[\w']{1,24}+){0,2} (?:took|taken|swallowed|ate|popped|downed) (?:\w+ ){0,2}(?:too (?:many|much)|a lot of|lots of"
    r"|so many|a bunch of|a handful of|a ton of|all (?:of )?(?:my|the|his|her|their|those)|(?:a"
    r"|the) (?:whole )?bottle of) (?:\w+ ){0,3}(?:pills|meds|medicine|medication|tablets|xans?|xanax|percs?|percocets?|tylenol"
    r"|ibuprofen|fent|fentanyl|heroin|oxy\w*|blues)",
)
"""Somebody else took too much: overdose for the danger, third party for who it is."""

OWN_SUICIDE_EN = (
    r"(?:kill|hurt|harm|cut|shoot|hang|drown|off|unalive)(?:ing|ting)? my self",
    r"(?:end|ending|take|taking) my(?: own)? life",
    r"(?:i|im|i'm|ive|i've|id|i'd)\b(?: (?!(?:think|thought|believe|know|guess|heard|fear|he|hes|she|shes|they|someone|her|him|them|my"
    r"|our)\b)[\w']{1,24}+){0,4} (?:die|be dead|suicidal|kms|end it(?! with)(?: all)?)",
    r"(?:i dont|i don't|i do not) (?:\w+ )?(?:want to|wanna) (?:live(?! with)|be alive|be here (?:anymore|any more)|exist)",
    r"(?:so do i|me too|i do too)",
)
"""The writer's own wish to die, which leads where another's stands beside it."""

_OFFICER = (
    r"(?:(?:vice )?cops?|vice (?:squad|unit)|police(?: ?m[ae]n| ?wom[ae]n| officers?)?|officers?|(?:sheriff'?s? )?deput(?:y|ies)|sheriffs?|troopers?|detectives?|(?:ice"
    r"|immigration|border patrol|federal) (?:agents?|officers?)|border patrol|correction(?:s|al) officers?|(?:prison|jail"
    r"|detention) ?guards?|jailers?|(?:guards?|co) (?:at|in|from|of) (?:the |my |a |his |her )?(?:\w+ ){0,2}(?:jail|prison|detention"
    r"|juvie|lock ?up))"
)
_TITLE_WORD = (
    r"(?!(?:and|but|who|that|of|so|the|cuz|because|bc|with|or|when|called|calling|then|if|for|to|like|not|against|by|from|about|near|at"
    r"|his|her|my|you|than|now|he|she|they|i|loan|executive|compliance|army|navy|naval|air|financial|operating|petty|warrant|admissions"
    r"|security|military|medical)\b)(?:st\.|[\w']{1,24}+)"
)
_FORCE = (
    r"(?:law enforcement|(?:kc|kcmo|kck|ls|wg|cc|slm|slc|stl)pd|on the (?:police )?force|highway patrol"
    rf"|(?:{_TITLE_WORD} ){{0,3}}(?:police (?:department|dept|force|station)|sheriff'?s? (?:office|department|dept)"
    r"|department of corrections|pd))"
)
_IN_THE_POLICE = (
    rf"(?:(?:'s|s| is| was|'re| are| r| used to be| works as)(?: (?:the|all|in the)| an?\b(?: {_TITLE_WORD}){{0,4}}| (?:retired|former"
    rf"|dirty|crooked|state|city|county|local|off duty))? {_OFFICER}(?! (?:shows?|movies?|cars?|reports?|stations?|dogs?|scanners?|dramas?"
    r"|records?|uniforms?)\b)|(?:'s|s| is) a fed(?! up)|(?:'s|s| is| was|'re| are| works?| worked)(?: (?:in|with|on|for|at"
    rf"|part of))?(?: the)? {_FORCE})"
)
_RELATIVE = (
    r"(?:dad|daddy|father|mom|mother|step ?(?:dad|father|mom|mother|brother|sister)|brother|sister|uncle|aunt|cousin|grand(?:pa|father|ma"
    r"|mother|dad)|son|daughter|nephew|niece|(?:father|mother|brother|sister|son)[- ]in[- ]law|friend|bff|neighbou?r|roommate|coworker"
    r"|buddy|family)"
)
_HARMS = (
    r"(?:(?:hit|beat|chok|strangl|slap|punch|kick|burn|hurt|rap|molest|touch|grop|abus|threaten|forc|stalk|follow|control|blackmail|lock"
    r"|assault|attack|harass|watch|track|kill|shoot|sell|sold|pimp|traffick)\w{0,5} (?:on )?(?:me|us|my|mom|her|everything)|ma(?:kes"
    r"|king|de) (?:me|us)(?! (?:proud|laugh|smile|happy|feel (?:safe|better|good)))|(?:wont|won't|doesnt|doesn't|never) lets? (?:me|us)"
    r"|(?:has|pulled|put|got|points?|pointed) (?:a|his|the|her) (?:\w+ )?gun|(?:scared|afraid|terrified) of (?:him|her)|violent|abusive"
    r"|dangerous|in on it|believes? me|covers? (?:it|for|up)|(?:comes? in|gets? in)(?:to)? my (?:room|bed)|arrest (?:me|us))"
)
RELATIVE_IN_POLICE_EN = (
    r"(?:(?:my|our) (?:(?!(?:ex|husband|boyfriend|bf|pimp|partner|abuser|trafficker|boss)'?s?\b)\w+ )?"
    rf"|^){_RELATIVE}s?(?: who)?(?:{_IN_THE_POLICE}| works?(?: \w+){{0,4}} (?:911|dispatch\w*|police|jail|prison))(?!(?:[,.;!]? (?!(?:my"
    rf"|our|someone|somebody|some|a|an|people|ex|husband|boyfriend|bf|stranger)\b)[\w']{{1,24}}+){{0,8}}?[,.;!]? {_HARMS})",
)
"""A relative or friend of the writer in the police, who is not said to do harm: no danger by itself."""

FEARED_RELATIVE_EN = (
    r"(?:cant|can't|cannot|wont|won't|afraid to|scared to|nobody|no one|noone|who would|who will) (?:\w+ ){0,3}(?:tell (?:anyone"
    r"|anybody|the)|report|believes? (?:me|us)|go to the|trust|help me|do anything)",
)
"""Why a relative in the police is feared all the same."""

_SEX_ASKED = (
    r"(?:(?:have|had|having|has) sex|sleep(?:s|ing)? with|slept with|(?:for|wants?|gets?|got) sex|sexual favou?rs|blow(?:s|ing)?(?: ?jobs?)?"
    r"|(?:give|gives|giving|gave) (?:him|her|them|it up)(?: (?:some )?(?:head|oral|a bj|sex|what (?:he|she) wants))?|suck\w*|fuck (?:him|her|them)|get naked|strip for|hook up with)"
)
_JAILED = (
    r"(?:jail|prison|arrest(?:s|ed)?(?: me| us)?|lock(?:s|ed|ing)? (?:me|us) up|(?:book|charge|deport)(?:s|ed|ing)? (?:me|us)|(?:take|bring|haul|run)s? (?:me|us) in"
    r"|deported)"
)
_OF_AN_OFFICER = rf"{_OFFICER}\b(?: (?!(?:dont|don't|never)\b)[\w']{{1,24}}+){{0,9}}"
OFFICER_DEMANDS_SEX_EN = (
    rf"{_OF_AN_OFFICER} {_JAILED}(?: \w+){{0,3}} (?:unless|till|until|or else|if (?:i|we) (?:dont|don't|do not|refuse|wont|won't"
    rf"|say no))(?: \w+){{0,4}} {_SEX_ASKED}",
    rf"{_OF_AN_OFFICER} {_SEX_ASKED}(?: \w+){{0,4}} (?:or|or else|otherwise|unless i want)(?: [\w']{{1,24}}+){{0,4}} {_JAILED}",
)
"""Somebody in the police asks for sex and threatens with jail."""

_IMMIGRATION = r"\b(?:ice(?! cream)|immigration(?! (?:law\w*|attorneys?|office|court|judge|help|clinic|papers|status|questions?))|la migra|border patrol)"

PHRASES_EN: dict[str, tuple[str, ...]] = {
    "overdose": (
        r"(?:i|he|she|they|we|friend|boyfriend|girlfriend|mom|dad|sister|brother|kid|baby|girl|guy) (?:just |think i |might have |may have |mighta |is |are |am |has |have |'s |'m )?(?:overdosed|overdosing|overdosin|od'?d|oded|od'?ing|oding|od'?in)",
        r"(?:im|i'm|hes|he's|shes|she's|theyre|they're) (?:overdosing|od'?ing|oding|odin)",
        r"(?:think|thinking) .{0,20}(?:overdos\w+|od'?ing|od'?d|oding|ods?)",
        r"(?:took|taken|swallowed|swallow|ate|popped|downed|drank) (?:\w+ ){0,3}(?:too many|too much|all (?:of )?(?:my|the|his|her|them)|a (?:whole )?bottle|the (?:whole|entire) bottle|a bunch of|a handful of|everything in) ?(?:\w+ ?){0,4}(?:pills?|meds?|medicine|medication|tablets?|xans?|xanax|percs?|percocet|tylenol|fent|fentanyl|heroin|oxy\w*|sleeping|bottle|cabinet|blues|bleach|stuff)?",
        r"(?:wont|won't|will not|cant|can't|cannot|not) (?:wake|waking|wakin) (?:up|her|him|them|my|this|the)",
        r"(?:cant|can't|cannot|couldnt|couldn't) (?:get|wake) (?:her|him|them|my \w+) (?:to wake )?up",
        r"(?:not|isnt|isn't|aint|ain't|stopped|barely|hardly|wont|won't|quit) (?:really )?breath(?:ing|in|e)",
        r"(?:lips?|face|fingers?|fingertips|nails) (?:(?:are|is|r|look|looks|looking|went|going|turned|turning|getting|all) )*(?:kinda |a bit |sorta |like |really )?(?:blue|purple|grey|gray|off)",
        r"(?:blue|purple) lips",
        r"(?:she|he|they|girl|guy|friend)(?:'s|s| is| are)? (?:totally |completely |just )?unresponsive",
        r"foam(?:ing)? (?:at|from) (?:the|her|his) mouth",
        r"(?:need|got any|where is|have no|no|dont have|don't have|gave (?:her|him|them)) (?:the )?(?:narcan|naloxone) (?:now|and|but|asap|quick|please|rn)",
        *OVERDOSE_OF_ANOTHER_EN,
    ),
    "immediate_danger": (
        rf"{_WHO}(?:'s| is| are|s|'re)? (?:going to|gonna|gon|gona|will|bout to|about to|trying to|tryna|tryin to|finna|wants to|threatened to|threatening to|threatens to|said (?:he|she|they)(?:'ll|ll| will|'s gonna| is gonna|s gonna)?|promised to|swore (?:he|she)(?:'d|d|'ll)) (?:fucking |really |actually )?(?:kill|murder|shoot|stab|hurt|beat|strangle|drown|bury) (?:me|us|my|my kids|the kids|both of us)",
        r"(?:ill|i'll|will|gonna|going to) kill (?:me|us) (?:if|tonight|when|today|tomorrow|this time|for)",
        r"(?:hes|he's|shes|she's|theyre|they're) (?:going to|gonna|bout to|about to|trying to|tryna|finna) (?:fucking )?(?:kill|murder|shoot|stab|hurt|beat) (?:me|us|my)",
        *WEAPONS_EN,
        r"(?:he|she|they|someone|somebody|theyre|hes|shes|ex|man|guy)(?:'s|'re| is| are|s)? (?:\w+ )?(?:right )?(?:outside|at) (?:of )?(?:my|the|our) (?:door|window|house|apartment|room|car|motel|hotel|place|bedroom|bathroom)",
        r"(?:breaking|broke|kicking|kicked|banging|trying to (?:get|break)|busting|busted) (?:in|down|on|into|through) (?:my|the|our) ?(?:door|house|apartment|window|room|place|bathroom)",
        r"(?:someone|somebody|a man|a guy|he|they|car|truck|van|people)(?:'s| is| are|s|'re| keeps| been| has been)? follow(?:ing|in|s|ed)? me",
        r"(?:im|i'm|i am|we are|we're|were) (?:being )?(?:followed|attacked|held hostage|kidnapped|chased|hunted|beaten|strangled|choked)",
        r"(?:kidnapped|abducted|grabbed) (?:me|us) (?:and|from|off|last|at|he|they)",
        r"(?:i was|i got|ive been|i've been|i have been) (?:just )?(?:kidnapped|abducted|shot|stabbed)",
        r"(?:im|i'm|i am|we are|were|we're) (?:locked|trapped|stuck|hiding|tied up|chained|handcuffed) (?:in|inside|under|behind|from|to|up|at)",
        r"locked (?:me|us) (?:in|inside|up|down|out of)",
        r"(?:^|[,.;!] ?|am |im |i'm |is |are |been |still )locked in(?:side)? (?:the |a |this |his |her |their )?(?:house|room|basement|motel|apartment|trailer|shed|closet|trunk)",
        r"(?:im|i'm|i am|we're|we are|i feel im) in (?:real |serious |immediate |so much |big )?(?:danger|trouble he|trouble they)",
        *PLEAS_EN,
        r"(?:please|pls|plz|someone|somebody|anyone|anybody) (?:someone |please |pls |plz )?(?:help|save) (?:me|us)(?: hes| he's| he is"
        r"| they are| im in| i'm in| get away| escape)",
        r"help me(?:[,.!]| right)? (?:hes|he's|they're|theyre|before he|before they|get away from|get out of here|escape)",
        r"(?:i|we) need help (?:he|hes|they)",
        r"(?:help) (?:he|she|they|hes|shes|theyre|him) (?:has|have|got|is|are|took|locked|wont|won't|coming|gonna|going)(?: me| us| my)?.*",
        r"(?:hes|he's|he is|theyre|they're|they are|shes|she is|she's) (?:coming|on (?:his|her|their) way)(?: back)?(?: up| in| for me| after me| to get me| to find me| now| any (?:minute|second)| rn| home drunk)+",
        rf"(?:he|she|they|hes|he's|shes|she's|they're|theyre|client|date|trick|guy|man)(?: is| are)? (?:{_ATTACKING}|dragging"
        rf"|chasing) (?:me|us|my)(?! feelings){_IN_PLAY}",
        rf"(?:(?<!\bif\s)my (?:\w+ ){{0,2}}(?:{_FAMILY}|{_OVER_ME})|(?<!\bif\s)(?<!\bif\smy\s){_FAMILY}|someone|somebody|this (?:guy|man"
        rf"|dude|woman)){_ATTACKS_NOW}",
        r"(?:im|i'm|i am|im still|still) bleeding (?:out|bad|badly|a lot|so much|everywhere|heavy|and|from|real|and cant|pretty)",
        r"(?:choked|strangled) me (?:out|until|til|till|unconscious|and i|tonight|last night|again)",
        r"(?:im|i'm|i am|were|we're) (?:about to|going to|gonna|bout to) (?:die|be killed|get killed)",
        r"(?:dont|don't|do not) (?:want to|wanna) die (?:here|tonight|like this|in)",
        r"(?:hell|he'll|shell|she'll|theyll|they'll|he will|she will|they will|he would|hed|he'd) (?:kill|murder|shoot|stab) (?:me|us|my|both|everyone)",
        r"threatened to (?:kill|shoot|stab|murder|hurt) (?:me|us|my)",
        r"(?:im|i'm|i am|we are|we're|i feel|we feel|am) (?:really |so |just |still |def |definitely |prob |probably |here )*(?:not|aint"
        r"|un) ?(?:really |very |so |at all |feeling )*safe(?! (?:with|from|around|alone with|by) my self)",
        r"(?:dont|don't|do not|never|cant|can't|didnt|didn't) (?:really |even )?(?:feel|think (?:im|i'm|i am|we are|we're)) (?:very "
        r"|really |so |that |at all )?safe(?! (?:with|from|around|alone with|by) my self)",
        r"^(?:its |it's |it is )?not safe(?: here| now| right now| rn| tonight| at all)*[.! ]*$",
        rf"(?:is|was|are|were|keeps|been|started|always) threatening (?:to (?:kill|hurt)(?! {_SELF})|my life|me with)",
        r"(?:put|slipped|dropped) (?:something|smth|sth|a pill) in my (?:drink|cup|soda|beer|water|coffee|food)\b.{0,60}(?:(?:cant|can't|cannot) (?:feel|move|see|stand|walk|think|stay|keep)|i feel|im feeling|dizzy|spinning|numb|blacking out|passing out|where i am|right now|rn\b)",
        r"(?:in|at) (?:a|an|some|this|someones) (?:\w+ )?(?:room|place|house|motel|hotel|apartment|apt|car|bed|basement|trailer) (?:that )?i (?:dont|don't|do not) (?:know|recogni[sz]e)(?! (?:the|if|how|what|why|anything|much)\b)",
        r"(?:dont|don't|do not|no) (?:know|idea) where (?:i am|im at|i'm at|he took me|they took me|he is taking me|they are taking me)",
    ),
    "suicide": (
        *SUICIDE_OF_ANOTHER_EN,
        r"(?:not|dont feel|don't feel|never feel|cant be|can't be) (?:\w+ )?safe (?:with|from|around|alone with|by) my self",
        rf"(?:{_WANT}|should just|might just|id rather|i'd rather|rather) (?:just |go |actually |fucking |like )?(?:die(?! (?:of|from|laughing|hard|in|for|to|if|when)\b)|be dead|kill (?:myself|my self|me self)|end it(?! with)(?: all| tonight| now| here)?|end my(?: own)? life|end everything|end this life|off myself|unalive(?: myself)?|not exist|not be alive|disappear forever|hang myself|shoot myself|cut myself|hurt myself|harm myself|drown myself|jump (?:off|in front)|slit my|take my (?:own )?life|overdose|od)(?! laughing)",
        r"(?:killing|offing|unaliving|hanging|shooting|drowning) myself",
        r"kill(?:ed)? (?:myself|my self)(?! laughing)",
        r"(?:end|ending|ended|take|taking|took) my(?: own)? life",
        r"(?:kms|unalive myself|unaliving)",
        r"(?:im|i'm|i am|i feel|feel|feeling|felt|been|am|getting|so|really|very|kinda|still|i get|actively|passively|a bit|pretty) (?:so |really |very |kinda |pretty |extremely )?suicidal",
        r"(?:thoughts|thinking|thought|ideas?|think|plans?|planning|considering|considered|attempt(?:ed|ing)?|commit(?:ting)?|contemplat\w+|feeling like) (?:of|about|on)? ?(?:committing |doing )?suicide(?! (?:hotline|line|rate|prevention|squad|into))",
        r"suicidal (?:thoughts|ideation|again|tonight|rn|and)",
        r"(?:cut|cutting|hurt|hurting|harm|harming|burn|burning) (?:myself|my self|my wrists?|my arms?|my thighs?) (?:again|tonight|to feel|on purpose|every|so i)",
        r"self ?-?harm(?:ing|ed)? (?:again|tonight|myself|bc|because|rn|to)",
        r"(?:dont|don't|do not|didnt|no longer|never) (?:really )?(?:want to|wanna|wnt to|wnt 2|want 2|care to) (?:live|be alive|be here(?: anymore| no more| any more)|wake up|exist|keep living|go on|keep going|be around|be on this earth)",
        r"(?:cant|can't|cannot|cnt) (?:go on|keep (?:going|living|doing this)|live (?:like this|anymore|any more|with (?:this|myself|it))|take (?:it|this) (?:anymore|any more|no more)|do (?:this|it|life) (?:anymore|any more|no more))",
        r"(?:wish|hope|pray|prayed|praying|wishing|hoping) (?:that )?(?:i|god) (?:was|were|would|could|wld|just|never|dont|don't|wouldnt|wouldn't|takes?|am|be)? ?(?:dead|die|be dead|born|wake up|not wake up|never wake up|take me|stop existing|disappear|not here|gone)",
        r"(?:better off|happier|easier) (?:dead|without me|if i (?:was|were|wasnt|weren't|died)|w/?o me)",
        r"(?:no|any|a single) (?:reason|point) (?:to|in|for me to|of) (?:live|living|going on|being alive|be alive|keep going|existing|staying)",
        r"nothing (?:left )?to live (?:4|for)",
        r"(?:goodbye|bye|good bye) (?:everyone forever|forever everyone|cruel world[.! ]*$)",
        r"(?:suicide note|goodbye (?:letter|note)s?)",
        r"(?:i|ive|i've|i have|im|i'm|i am)(?: just| already)? (?:made|tied|hung|making|tying|have|got|bought)(?: me| myself)? (?:a|the|my) noose(?! (?:prop|knot)|.{0,25}\b(?:halloween|play|scouts?|class|costume))",
        r"noose (?:is |already )?(?:tied|hanging|ready|around my neck)",
        r"(?:dont|don't|not|wont|won't) (?:plan|planning|be|going|gonna|intend) (?:on |to )?(?:being|be|make it|alive|living|around|here) (?:here |around |alive |to see |past |after |by )?(?:here|friday|monday|tomorrow|tonight|much longer|anymore|morning|weekend|next week|christmas|longer|my birthday|sunday|saturday)",
        r"(?:i|we) (?:want|need|deserve|ought) (?:to|2) die(?! laughing| of\b)",
        r"tired of (?:living|being alive|life|existing)",
        r"(?:have|got|bought|holding|looking at|sitting with) (?:the|a|my|these|enough) (?:(?:gun|pistol|rifle|shotgun"
        r"|knife)(?! in my (?:car|truck|van|home|house|bag|purse|backpack|safe|closet|glove|trunk|nightstand)\b)|pills|rope|razor"
        r"|blade) (?:ready|in my|and i|to my|tonight|for me|in front of me|to end)",
        r"(?:gun|pistol|rifle|shotgun) (?:in|on|across) my lap",
        r"(?:i|i've|ive|^|[.,;!?] ?)(?: just)? ?(?:got|took|have|pulled) (?:the|my|a|his|dads) (?:gun|pistol|rifle|shotgun|blade"
        r"|razor) out",
        r"holding (?:the|a|my|this) (?:gun|pills|rope|razor|blade|knife) (?:right now|rn|now|here)",
        r"(?:i|im|i'm|i am|ive|i've|sitting|standing|lying|alone)(?: (?:am|just|here|there|alone|sitting|now|in \w+ \w+))* (?:have|got"
        r"|with|holding|hold|held|put|putting|press(?:ing)?|point(?:ing)?) (?:a|the|my|this|his|dads) (?:\w+ )?(?:gun|pistol|knife|blade"
        r"|razor|scissors|box ?cutter) (?:\w+ )?(?:to|in|against|on|at) my (?:own )?(?:head|temple|mouth|wrists?|throat|neck|chest"
        r"|veins?|arm|chin|skin)",
        r"(?:everyone|everybody|they|kids|world|family|mom) (?:would|wld|will|'d|d) be (?:so much )?(?:better|happier|fine|ok|okay) (?:off )?(?:without me|w/?o me|if i (?:was|were) (?:gone|dead)|if i died)",
        r"^(?:suicide|suicidal|kill me|kms|i want to die)[.! ]*$",
        r"how (?:do i|can i|to|would i|many pills) (?:.{0,20})(?:kill myself|end it all|end my life|to die)",
    ),
    "sexual_assault": (
        *OFFICER_DEMANDS_SEX_EN,
        r"(?:cop|officer|deputy|trooper|sheriff|detective|agent|guard)(?: \w+){0,8} (?:if|unless|or) i (?:\w+ ){0,3}(?:have sex|had sex|sleep with|slept with|blow|suck|touch|do favors|do him|do it with)",
        r"(?:cop|officer|deputy|trooper|sheriff|detective|agent|guard) (?:wants?|demands?|asked for|is asking for) (?:sex|sexual favors|me to (?:sleep|have sex)) (?:\w+ ){0,3}(?:for|or|to keep|to let) (?:my|me|he|she|the|they)",
        r"(?:raped|raping|rapes|molested|molesting|molests|assaulted|groped|fondled|violated|sodomized|sexually abused|sexually assaulted|gang ?raped|roofied|date ?raped|stealthed) (?:me|us)",
        r"(?:i|ive|i've|i have|we) (?:was|got|been|think i was|think i got|might have been|may have been|just got|just been|just was) (?:just |being |almost |getting |gang |drugged and |sexually |basically |kinda |also |already |once )?(?:raped|molested|sexually assaulted|sexually abused|assaulted|roofied|gang ?raped|date ?raped|violated|drugged|sodomized|groped|stealthed)",
        r"forced (?:himself|herself|themselves|him self|his self|his way|it) (?:on|onto|in|into|inside) me",
        r"(?:forced|forcing|made|makes|making) me (?:to )?(?:have|give|do) (?:sex|oral|a bj|anal|sexual)",
        r"(?:tried|trying|going|gonna|attempted|wants) (?:to )?rape (?:me|us)",
        r"(?:had|have|having|has) sex (?:with|w) me (?:while|when|without|even though|after i said|against|i said no|and i (?:said|told|didnt|couldnt))",
        r"(?:didnt|didn't|wouldnt|wouldn't|doesnt|dont|won't|wont|never) stop (?:when|even when|after|even after|when i|even tho|even though) (?:i )?(?:said no|said stop|told (?:him|them)|cried|begged)",
        r"(?:i said|told (?:him|them|her)|kept saying|i screamed|i yelled) (?:no|stop|to stop) (?:and|but|he|they|so many|over|like)(?: \w+){0,6} (?:didnt|didn't|wouldnt|kept|still|anyway|did it|went|raped|held)",
        rf"{_OFFICER}\b(?: (?!(?:and|but|then|so|he|she|they|when|if)\b)[\w']{{1,24}}+){{0,5}} (?:mak(?:es?|ing)|forc(?:es?|ing)) (?:me"
        r"|us|girls|women|inmates)(?: to)? (?:do (?:\w+ )?(?:things|stuff|favou?rs)|touch|undress|suck|have sex)",
        r"(?:put|puts|putting|slip|slips|slipped|drop|dropped|mixed) (?:something|smth|sth|sumthin\w?|stuff|(?:a |some )?(?:pills?"
        r"|drugs?|roofies?|powder)) (?:in|into) (?:my|our) (?:drinks?|cup|soda|beer|wine|cocktail|shot|glass)",
        r"(?:spiked|drugged|roofied|laced|dosed) (?:my|our) (?:drinks?|cup|soda|beer|wine|cocktail|shot|glass)",
        r"my (?:drink|cup|soda|beer|wine|cocktail|shot|glass) (?:was|got|had been|has been|is|must have been) (?:spiked|drugged|roofied"
        r"|laced|dosed)",
        r"(?:took|takes) (?:the|off the|his) condom off",
        r"(?:i was|i am|im|i'm) a (?:rape|sexual assault) (?:victim|survivor) (?:and i|and im|last|tonight|need|who needs)",
        r"my rapist",
        r"(?:^|^just |i was |i was just |i got |i just got |ive been |i've been |i have been )(?:raped|sexually assaulted|molested|groped) by (?:my|a|an|the|some|this|two|three|him|her|someone|somebody)",
    ),
    "domestic_violence": (
        rf"my {_PARTNER} (?:\w+ ){{0,3}}(?:push(?:es|ed|ing)?|thr(?:ow|ows|ew|owing)|slam(?:s|med|ming)?|drag(?:s|ged|ging)?|knock(?:s|ed|ing)?|pin(?:s|ned|ning)?) (?:me|us)"
        r" (?:down|(?:against|into|on|onto|to|across) (?:a|the) (?:\w+ )?(?:wall|floor|ground|door|stairs|table|counter|bed|couch|car|room)|by (?:my|the) (?:hair|neck|throat|arm|leg))",
        rf"my (?:ex )?(?:husband|hubby|boyfriend|boy friend|bf|wife|girlfriend|gf|partner|ex|fiancee?|baby ?daddy|babys dad)(?:'s)?(?:,? (?!(?:i|im|i'm|ive|i've|if|or|when|someone|somebody|a|some|man|guy|guys|boss|pimp|client|neighbou?r|brother|friend)\b)"
        rf"[\w']{{1,24}}+){{0,4}} (?:{_DRAWN_WEAPON}|{_CAME_ARMED}|{_COMES_ARMED}) ?(?:me|us)?",
        rf"my {_PARTNER} (?:\w+ ){{0,3}}{_HIT} (?:on )?(?:me|us|my|the kids|our|up on)(?! (?:out|off the)){_IN_PLAY}",
        r"(?:he|she|they) (?:just |always |keeps? |has |'s |will |would |only |sometimes |still |already |started |be |been |already "
        rf"|also |really |fucking |legit |even |usually )*{_HIT} (?:on )?(?:me|us|my (?:kids?|son|daughter|baby|mom|face|head))(?! (?:out"
        rf"|off the)){_IN_PLAY}",
        r"(?:i|we) (?:get|got|am|was|keep getting|been|are|have been|'ve been|am being) (?:hit|beat|beaten|beat up|choked|strangled|slapped|punched) (?:up )?by (?:my|him|her)",
        rf"(?:my (?:\w+ ){{0,2}})?{_FAMILY}{_ATTACKS_NOW}",
        rf"my {_PARTNER}(?: is|'s|s)? (?:being |been |very |so |really |physically |emotionally |verbally |mentally )*(?:abus\w+|violent"
        rf"|threaten\w+(?! (?:suicide|to (?:kill|hurt|harm|shoot|hang|cut|off) {_SELF}))|stalk\w+|controlling (?:me|my|every))",
        rf"my {_PARTNER} (?:\w+ ){{0,4}}(?:kill|hurt|harm|shoot|hang|cut) {_SELF} (?:if|when|unless) (?:i|we) (?:ever )?(?:leave|left|go"
        r"|break|end|dont|don't|tell|talk)",
        rf"(?<!she\s)(?<!shes\s)(?<!she's\s)(?<!she\sis\s)(?:afraid|scared|terrified|frightened|scard|scred) (?:of|to go home (?:to|because|bc|cuz)) (?:my )?(?:{_PARTNER}|him|he|her)",
        r"(?:afraid|scared|terrified|too scared|dont feel safe|don't feel safe|not safe) (?:to (?:go|be|come|sleep)|going|being|at) (?:back )?(?:at )?home",
        r"(?:im|i'm|i am|stuck|trapped|living|am) in (?:an? )?(?:\w+ )?(?:abusive|violent) (?:relationship|marriage|home|house|household)",
        r"(?:i am|im|i'm|i was) (?:a victim of|being|experiencing|going through|dealing with|suffering) (?:domestic|dv|physical abuse|abused)(?: violence| abuse)?",
        r"(?:abuses|abusing|keeps abusing) (?:me|us|my kids)",
        r"(?:my )?abuser (?:is|found|has|came|wont|won't|keeps|will|threat|knows|just|took|and)",
        r"(?:choked|strangled|chokes|strangles|choking|strangling) me",
        rf"my {_PARTNER} (?:will|would|'ll|is going to|is gonna|gonna|threatens to|threatened to|said (?:he|she)(?:'ll|ll| will|d|'d)) (?:kill|hurt|beat|find) (?:me|us|my)",
        r"(?:keeps?|wont stop|won't stop|is|been|started|still) stalking (?:me|us)",
    ),
    "trafficking": (
        r"(?:im|i'm|i am|ive been|i've been|am i|i have been|think im|think i'm|we are|we're|think ive been) (?:still |being |getting |been )*(?:sex )?(?:trafficked|traficked|pimped(?: out)?|sold (?:for sex|to (?:men|him|them|guys|people|other|a man|old))|forced (?:to|into) (?:work|sell|have|do|prostitut\w+|sex|strip|escort|the life|turn|see|perform|porn|camm?ing|beg|clean|labor)|held (?:captive|against|prisoner|here)|made to (?:have sex|sell|work|sleep|do dates|strip|perform)|exploited by|moved (?:from )?(?:city|hotel|motel|state) to)",
        r"(?:my|the|his|our|this) (?:pimp|trafficker|madam) (?:is|has|took|takes|wont|won't|will|beat|hit|said|says|makes?|made|keeps?|got|found|threat\w+|wants|sold|sells|locked|find|comes?|gets?|knows|put|left|and|hurt|choked)",
        r"(?:(?:leave|escape|escaping|flee|fleeing|leaving|left|run from|away from|hiding from|get away from|scared of|afraid of|owe) (?:my|a|the) (?:pimp|trafficker|madam))",
        r"(?:pimps|pimping|trafficks|trafficking|sells|selling|renting|rents|passes|trades|trading) me(?: out| around| off| to (?:\w+ ){0,3}(?:men|guys|friends|people|strangers|dealer|clients|buyers|customers)| online| for (?:sex|money|drugs|rent))",
        r"(?:forc(?:e|es|ed|ing)|mak(?:e|es|ing)|made) me (?:to )?(?:work (?:the|in|for free|without|every|all|off|as|at|on)|sell (?:my|sex|myself|pics|drugs)|have sex (?:with|for|4)|sleep with|do (?:dates|tricks|calls|outcalls|incalls|clients|porn|videos|cam|sex|things with|stuff with|it with|sexual|dates)|see (?:clients|men|guys|customers|johns|dates|buyers)|strip|prostitute|turn tricks|go (?:with|out and|on dates|to hotels|to motels)|walk the|meet (?:men|guys|dates|clients|old|strangers)|perform|escort|post (?:ads|pics)|walk|give (?:him|them) (?:all )?(?:my|the) money|hand over|beg|entertain|take clients|be with (?:men|guys|other)|service)",
        r"(?:took|takes|has|have|holding|holds|keeps|hides|hiding|wont give (?:me )?back|won't give (?:me )?back) (?:away )?(?:my|our|all my|all our) (?:passports?|id|ids|papers|documents?|docs|ss card|social|social security|birth cert\w*|green card|visa)",
        r"(?:wont|won't|will not|dont|don't|doesnt|doesn't|never|not|refuse to|refuses to|didnt|didn't|never) (?:let|lets|letting|allow|allows|allowing|allowed) (?:me|us) (?:to )?(?:leave|go(?: home| out| outside| anywhere| free)?|out|quit|call|talk|stop|see my family|use (?:my|the|a) phone|have my phone)",
        r"(?:im|i'm|i am|we are|not) (?:not )?(?:allowed|able|free) to (?:leave|quit|go outside|go out|leave the (?:house|room|motel|hotel|job))",
        r"(?:cant|can't|cannot|cnt|not able to) (?:leave|quit|get out|get away|escape)(?: here| this| until| till| til| unless| or| bc| because| he| they| him| them| the life| without| from him| from them| my pimp| this life| my boss)",
        r"against (?:my|our) will",
        r"(?:held|holding|keeping|kept|keep|keeps) (?:me|us) (?:captive|hostage|prisoner|locked|here against|in a (?:house|room|motel|basement)|as a slave|trapped)",
        r"(?:leak|leaks|leaking|post|posts|posting|send|sends|sending|share|shares|sharing|show|expose|spread|upload|release) (?:my|the|all my|our|those|these) (?:nudes?|pics|photos?|videos?|pictures?|images|sex tape|private)",
        r"(?:has|have|got) (?:my|a|nude|naked|these|private|videos?) (?:nudes?|naked|pics|photos?|video|videos|pictures?|images)? ?(?:of me )?(?:and|n|&) (?:\w+ ){0,4}(?:threat\w+|said|says|will|wants?|post|send|share|leak|blackmail\w*|tell|demand\w*|unless|if)",
        r"(?:blackmail(?:ing|ed|s)?|sextort(?:ing|ed|ion|s)?) (?:me|us|with my|by)",
        r"(?:im|i'm|i am|being|getting|am) (?:being |getting )?(?:blackmailed|sextorted)",
        r"(?:takes|take|took|keeps|keep|taking|gets|wants) (?:all |every (?:dollar|cent|penny) (?:of )?)(?:of )?(?:my|the|our)? ?(?:money|earnings|tips|cash|pay|wages|i make|i made|i earn|what i make)",
        r"(?:owe|owing) (?:him|them|her|my boss|the boss|my manager|a debt)(?: \w+){0,8} (?:cant leave|can't leave|work it off|pay it off|before i can (?:leave|go)|until i pay|keeps? going up|keeps? growing|or (?:he|they)(?:'ll|ll| will))",
        r"(?:tricked|lured|smuggled) me (?:here|to (?:the us|america|missouri|kansas city|st louis|work)|into)(?: \w+){0,6} (?:force|forced|took my|make me|made me|passport|sex|lied|different|debt|owe)",
        r"(?:i want|i need|trying|want|need|wanna|help me|how do i|how can i|how|wants) (?:to )?(?:get out|escape|get away|leave|quit|run away)(?: of| from)? (?:the life|my pimp|him|my trafficker|them|this life|the game|here alive)",
        r"(?:i am|im|i'm|think i am|i might be|think im) (?:a |being a )?(?:human |sex |labor )?traffick(?:ing|ed) (?:victim|survivor|person)? ?(?:and|need|help|right|now|please|in)",
        r"(?:i am|im|i'm|we are|we're) (?:a |the )?victims? of (?:(?:human|sex|labor|labour) )?traf+icking",
        r"(?:im|i'm|i am|we are|we're|ive been|i've been|i have been|weve been|still) being held(?! (?:up|back|accountable|responsible|to|at work|over)\b)",
        r"(?:^|i |i (?:was|got|am|have been|keep getting) |im |i'm |ive been )(?:being |getting |got )?trafficked by (?:my|a|an|the|some|him|them|this)",
        rf"(?:he|she|they|boss|husband|boyfriend|bf|pimp|man)\b.{{0,30}}\b(?:call|report|turn|send|hand)\w* .{{0,25}}{_IMMIGRATION} .{{0,12}}if (?:i|we) (?:ever )?(?:leave|quit|run|tell|say no|stop|refuse|dont|don't)",
        r"(?:forced|slave) labou?r .{0,60}(?:help (?:me|us)|please help|guards|guns|cant leave|can't leave)",
        r"trafficking victim.{0,40}(?:it'?s|that'?s|that is|its) me\b",
        r"report my own (?:trafficking|abuse|rape|pimp|trafficker)",
    ),
    "third_party": (
        *SUICIDE_OF_ANOTHER_EN,
        *OVERDOSE_OF_ANOTHER_EN,
        rf"(?:she|shes|she's|she is)(?: \w+){{0,2}} (?:afraid|scared|terrified|frightened) of (?:him|her (?:pimp|trafficker|{_PARTNER}))",
        rf"(?:my|our) (?:\w+ ){{0,4}}{_CHILD} (?:never|didnt|didn't|hasnt|hasn't|has not|still hasnt|still hasn't) (?:came|come|been|got|gotten|made it|make it|returned|return|shown up|showed up|show up)"
        r" (?:back home|home|back(?! home))(?! (?:for|to visit|in years|since (?:college|christmas|he|she))\b)",
        rf"(?:my|our) (?:\w+ ){{0,4}}{_CHILD}(?:'s|s| is| has| hasnt| hasn't| has not| still| just| went| has been)* (?:(?:gone )?{_MISSING}|gone and|not home|been gone|(?:ran|run|took) off with|ran (?:away|off) (?:last|this|tonight|today|yesterday|again|from)|run away|disappeared|vanished|never came home|didnt come home|didn't come home|come home)",
        r"(?:nobody|no one|noone|none of us) (?:has |have |'s )?(?:seen|heard from|reached) (?:her|him|them|my \w+) since",
        rf"(?:my|our) missing (?:\w+ ){{0,3}}{_CHILD}",
        rf"(?:cant|can't|cannot|can not|couldnt|couldn't) find (?:my|our) (?:\w+ ){{0,4}}{_CHILD}",
        rf"amber alert(?: \w+){{0,3}} (?:my|our) (?:\w+ ){{0,2}}{_CHILD}",
        rf"my (?:\w+ ){{0,2}}{_CLOSE}(?:'s|s| is)? (?:trapped|stuck|caught up|held|kept) (?:\w+ )?(?:with|by|at) (?:a |her |his |some |that )?(?:pimp|trafficker)",
        rf"(?:my|a|this|our|her|his) (?:\w+ ){{0,2}}{_CLOSE}(?:'s|s| is| has| was| went| has been| is being| been| might be| may be| could be| got| just)* (?:\w+ )?(?:{_MISSING}|disappeared|kidnapped|abducted|trafficked|being trafficked|sold|being sold|held captive|pimped|being pimped|forced (?:to|into)|in danger|being (?:abused|beaten|held|hurt|forced|exploited))",
        rf"{_CLOSE}(?:'s|s)? (?:just |got |was just |is |has been |been ){{1,2}}(?:kidnapped|abducted|held (?:by|for ransom|hostage|captive|at gunpoint))",
        rf"(?:my|a|this|our) (?:\w+ ){{0,2}}{_CLOSE} (?:\w+ ){{0,3}}(?:wants to|going to|gonna|threaten\w*|tried to|says (?:she|he) (?:wants|is going) to|talking about|said (?:she|he)(?:'s|s)? (?:wants to|gonna|going to)|will) (?:kill|hurt|harm|end) (?:herself|himself|themselves|her life|his life|it all|it)",
        rf"(?:my|a|this|our) (?:\w+ ){{0,2}}{_CLOSE} (?:\w+ ){{0,2}}(?:has|have|got) (?:a|her|his) (?:pimp|trafficker)",
        r"(?:there(?:'s|s| is| are)|i see|i saw|i heard|we have|found) (?:a|an|some|two|three|this|several|the) (?:\w+ ){0,3}(?:girl|girls|woman|women|kid|kids|child|children|boy|boys|teen|teens|teenager|lady|minor|guest|person|people) (?:\w+ ){0,6}(?:being (?:held|sold|trafficked|forced|beaten|hurt|hit|dragged|kept|abused)|screaming|crying for help|begging for help|locked (?:in|up)|tied|says? (?:she|they|he) (?:cant|can't) leave|against (?:her|their|his) will)",
        r"someone (?:is|'s|i know is|next door is|is being|i know is being) (?:being )?(?:trafficked|held|sold|forced|kidnapped|beating (?:her|his|a|the)|hurting (?:her|a|the|that)|abusing|beaten)",
        rf"(?:i think|pretty sure|afraid|worried|i believe|sure|scared|suspect|know) (?:that )?(?:my|a|this|the|our) (?:\w+ ){{0,3}}(?:{_CLOSE}|girl|woman|guest|kid|boy|lady|teen) (?:\w+ ){{0,3}}(?:being |getting )?(?:trafficked|pimped|sold|held against|forced (?:to|into)|kidnapped|abused|exploited|groomed)",
        rf"(?:they|he|she|someone|somebody)(?:'s|'re|s| is| are|re)? (?:holding|keeping) (?:my|our) (?:\w+ ){{0,2}}{_CLOSE} (?:for ransom|hostage|captive|prisoner|locked|until (?:i|we) pay|against (?:his|her|their) will)",
        rf"my (?:\w+ ){{0,3}}{_CLOSE}(?:'s|s)? (?:is |are |being |getting |been |has been |is being )+(?:pimped|sold|trafficked|prostituted)",
        r"(?:guest|girl|woman|lady|coworker|co-worker|neighbou?r|kid|child|boy|room \d+|wife|worker|maid|nanny|teen)\b[^.?!]{0,12}(?: is)? (?:being|getting) (?:(?:beaten|raped|strangled|choked|stabbed|locked up)|(?:sold|pimped(?: out)?) by (?:her|his) (?:boyfriend|bf|husband|father|dad|mother|mom|uncle|pimp))",
        r"(?:coworker|co-worker|friend|girl|woman|neighbou?r|guest|maid|worker) (?:beaten|raped|choked|strangled|stabbed) by (?:his|her|the|my|a|their|manager|boss|boyfriend|husband)",
    ),
}

HARM_OTHERS_EN = (
    r"(?:i|im|i'm|i am|ima|imma|i'ma|ill|i'll|i will|i'd|id) (?:just |really |gonna |going to |wanna |want to |finna |about to |bout to |fucking |swear ill )+(?:kill|murder|shoot|stab|hurt) (?:him|her|them|someone|somebody|people|everyone|my (?:ex|husband|wife|boss|pimp|boyfriend|girlfriend|dad|stepdad|kids?|baby|family|trafficker)|that (?:man|guy|bitch|bastard|motherfucker|mf)|the (?:man|guy) who)",
    rf"(?:i have|i got|i've got|ive got) (?:a|the|my) {_WEAPON}\b.{{0,80}}(?:going to|gonna) use it",
    r"(?:have|got) (?:a|the|my|his|her) (?:\w+ )?(?:gun|knife|pistol|rifle|shotgun)\b.{0,30}\b(?:going|gonna|go|waiting|ready|driving"
    r"|walking|parked)(?: \w+){0,6} (?:him|his|her|them|pay|kill|shoot|my (?:wife|husband|ex|boss))",
)

POLICE_DANGER_EN = (
    *OFFICER_DEMANDS_SEX_EN,
    rf"{_OFFICER}\b(?: (?!(?:but|when|if|because|cuz|bc|said|dated|dating|married|was|a|an)\b)[\w']{{1,24}}+){{0,5}} (?:slept|sleeps|had sex"
    r"|has sex) (?:with|w) (?:me|us)",
    rf"(?:he|she|they|hes|he's|shes|she's|theyre|they're|husband|boyfriend|bf|ex|partner|pimp|trafficker|abuser|man|boss|manager|madam)(?:'s|'re| is| are| was)?"
    rf"(?: \w+){{0,2}} (?:friends?|buddies|tight|cool|in bed|golfs?|drinks?) (?:with|w) (?:\w+ ){{0,4}}(?:{_OFFICER}|{_FORCE})(?! (?:is|are|was|were|here|now)\b)",
    rf"(?:he|she|they|husband|boyfriend|bf|ex|pimp|trafficker|boss|manager|madam) (?:pays|paid|bribes|bribed)(?: off)? (?:\w+ ){{0,3}}(?:{_OFFICER}|{_FORCE})",
    rf"(?:he|she) an? {_OFFICER}",
    r"(?:he|she|husband|hubby|boyfriend|bf|wife|girlfriend|gf|ex|partner|fiancee?|baby ?daddy|pimp|trafficker|abuser|rapist|man|boss"
    rf"|{_RELATIVE}s?)(?: who)?(?:{_IN_THE_POLICE}| the (?:cop|sheriff|deputy|detective|trooper|policeman)(?! (?:is|was|came|says|said"
    r"|who|that|has|will|told)\b))",
    r"(?:a |the |this |that |my |some |two |an )(?:cop|cops|police officer|officer|deputy|detective|trooper|ice agent|immigration officer|policeman|sheriff)(?: \w+){0,4} (?:raped|rapes|hurt|hurts|hurting|hit|beat|touched|forced|forces|forcing|made|makes|making|threatened|threatens|threatening|assaulted|groped|extorts?|blackmail\w*|sex|trades?|wants sex|stalk\w*)",
    r"(?:cop|officer|deputy|trooper|sheriff|detective|agent|guard)(?: \w+){0,8} (?:if|unless|or) i (?:\w+ ){0,3}(?:have sex|had sex|sleep|slept|blow|suck|touch|do)",
    r"(?:cop|officer|deputy|trooper|sheriff|detective|agent|guard) (?:wants?|demands?|asked for) (?:sex|sexual|me to sleep|me to have sex)",
    r"(?:police|cops|the cops|pd) (?:are|is|r) (?:the ones?|in on it|his (?:friends?|buddies|customers?|clients?)|friends with|working with|paid|part of|protecting|hurting|after me|involved)",
    r"(?:friends|friend|buddies|tight|cool|related|connected) (?:are|is|with|w)? ?(?:all )?(?:the )?(?:cops|police|a cop|sheriff)",
    r"(?:scared|afraid|terrified|cant trust|can't trust|dont trust|don't trust) (?:of |to call )?(?:the )?(?:police|cops|ice|immigration)",
    rf"{_OFFICER}\b(?: (?!(?:and|but|then|so|he|she|they|when|if|because|cuz|bc|a|an)\b)[\w']{{1,24}}+){{0,4}} (?:rap(?:ed?|es|ing)"
    r"|beat(?:s|ing)?|hit(?:s|ting)?|hurt(?:s|ing)?|kicked|punched|slapped|choked|tased|touch(?:es|ed|ing)?|groped|molest\w+|assault\w*"
    r"|abus\w+|threaten\w*|forc(?:ed?|es|ing)|extort\w*|blackmail\w*|stalk\w*|harass\w*|robbed|follow(?:s|ed|ing)?) (?:me|us|my(?! case))",
    rf"{_OFFICER}\b(?: (?!(?:and|but|then|so|he|she|they|when|if|because|cuz|bc|a|an)\b)[\w']{{1,24}}+){{0,5}} (?:(?:makes|making"
    r"|made) (?:me|us)(?! (?:feel|nervous|anxious|scared|mad|angry|laugh|smile|happy|proud|wait|stop|move|sign|pull|sit|get|leave"
    r"|go home)\b)|make (?:me|us) (?:do (?:\w+ )?(?:things|stuff|favou?rs|it)|have sex|touch|sleep|suck|undress|sell|trade|pay))",
    rf"(?:raped|beaten|beat up|hit|hurt|assaulted|molested|abused|groped|touched|threatened|attacked|stalked|followed|harassed|forced|blackmailed|trafficked|sold|pimped)(?: up)? by (?:a |an |the |some |this |that |my |two )?{_OFFICER}",
    rf"(?:call|report|turn|send|hand|tell|snitch)\w* (?:\w+ ){{0,4}}{_IMMIGRATION} (?:on|to|if|and|so|or|he|she|they)",
    rf"(?:call|report|turn|send|hand|tell|snitch)\w* .{{0,10}}(?:me|us|my \w+) .{{0,10}}{_IMMIGRATION}",
    rf"{_IMMIGRATION} (?:is |are )?(?:will|would|came|comes|coming|took|takes|gonna|outside|looking for|after)",
    rf"{_IMMIGRATION}(?: agents?| officers?| people| vans?| police)?(?: is| are|'s|s| was| were| r)?(?: \w+)? (?:(?:at|in front of) (?:my|our|the) (?:door|house|work|job|place|apartment|building|trailer)|knocking|raid\w*)",
    r"deport(?:s|ing)? (?:me|us|my)",
    r"(?:\bi|ill|i'll|im|i'm|we|we'll|me|us)(?: \w+){0,3} deported",
    r"(?:scared|afraid|fear|terrified|worried|threat\w*) .{0,30}\bdeport\w*",
    r"(?:(?:^|[,.;!] ?)(?:please |pls )?|\bi |\bwe |please |pls |\bbut |\bso )(?:really |just )?(?:dont|don't|do not) (?:want|trust|call|calling|send|bring|involve|tell)(?: \w+){0,3} (?:cops?|police|law enforcement)",
    r"(?:^|[,.;!] ?|please |pls |\bbut )no (?:cops|police)",
    r"\bi (?:cant|can't|cannot|wont|won't) (?:go to|trust|tell|involve) (?:the )?(?:cops|police)",
    r"if (?:i|we) (?:call|go to|tell)(?: the)? (?:cops|police|911|law).{0,40}(?:arrest|jail|lock) (?:me|us)",
    rf"(?:works|(?:they|who) (?:\w+ )?work) (?:for |at |in |as |with )?(?:a |the )?(?:{_TITLE_WORD} ){{0,3}}(?:911|dispatch\w*|police|pd"
    r"|(?:kc|kcmo|kck|ls|wg|cc|slm|slc|stl)pd|sheriff'?s?|law enforcement|ice(?! cream)|immigration(?! law\w*)|border patrol|jail|prison)",
)

_AGE = r"(?:[6-9]|1[0-7])"
_AGE_WORD = r"(?:six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
_GONE = (
    rf"(?:{_MISSING}"
    r"|disappeared|vanished|(?:ran|run|running) (?:away|off)|took off with|runaway|is gone|(?:been )?gone since"
    r"|(?:never|didn'?t|hasn'?t|has not|not|isn'?t) (?:\w+ )?(?:came|come|been|got|gotten|made it|make it|returned|return|showed up|shown up) (?:home|back(?! (?:for (?:a|an|his|her|the|my|their)|to (?:me|you|him|her|get))\b))"
    r"|(?:never|didn'?t|hasn'?t) (?:returned|return)"
    r"|(?:is not|isn'?t|not|wasn'?t) (?:here|home|back|(?:in|at) (?:her|his|their|the) (?:bed|bedroom|room|house))(?:[,.;!]? [\w']{1,24}+){0,3} (?:days?|nights?|hours|hrs|since|yesterday|morning|window))"
)
_CHILD_WORDS = (
    rf"(?:(?<![0-9])(?:{_AGE}|{_AGE_WORD}) ?-? ?(?:(?:yrs?|years?) ?-? ?olds?|yo)|daughter|son|kid|child|baby|niece|nephew|grand(?:son|daughter|kid|child|baby)|sister|brother|stepdaughter|stepson|girl|boy|teen"
    r"|teenager)"
)
MISSING_CHILD_EN = (
    rf"{_CHILD_WORDS}(?:'s|s)?(?:[,.;!(]{{0,2}} ?[\w')]{{1,24}}+){{0,6}}?[,.;!)]{{0,2}} {_GONE}",
    rf"(?:cant|can't|cannot|couldn'?t) find (?:my|our) (?:\w+ ){{0,4}}{_CHILD_WORDS}",
    r"amber alert(?: \w+){0,5} (?:my|our)",
    rf"missing (?:\w+ )?{_CHILD_WORDS}",
)
MISSING_EN = (
    rf"(?:she|he|they|shes|she's|hes|he's|(?:my|our) (?:\w+ ){{0,3}}{_CHILD_WORDS}|my (?:\w+ )?(?:cousin|friend|student))(?:'s|s)?(?:[,.;]? (?!(?:what|i|im|i'm)\b)[\w']{{1,24}}+){{0,3}}"
    rf"?[,.;]? (?!ran |run |running |runaway|took off)(?:been )?{_GONE}",
)
"""Somebody is not where they should be: a missing child where the words give an age under 18 that is not the writer's."""

AGE_UNDER_18_EN = (
    rf"(?:im|i'm|i am|am only|im only|i'm only|i am only|i'm just|im just|me|i was only|i turned|just turned|i turn|turning|age|aged|only|shes|she's|she is|hes|he's|he is|they are|is only|was only|is just|is) (?:like |barely |about |just |only |almost |actually )?(?:{_AGE}|{_AGE_WORD})(?! ?(?:weeks?|wks?|months?|mos?|days?|hours?|hrs?|min\w*|miles?|dollars|bucks|%|percent|am|pm|times|feet|of (?:us|them)|blocks?|yrs? (?:sober|clean|ago|in)|years? (?:sober|clean|ago|in|into|later|older|younger)|and a half|stories|floors|th|k|people|girls|guys|other|\d))",
    rf"(?:{_AGE}|{_AGE_WORD}) ?-? ?(?:yo|y/o|y\.o\.|yr old|yrs old|year old|years old|yr olds|year ?-? ?olds?|year-old)",
    rf"{_AGE} ?(?:f|m|nb)",
    r"(?:im|i'm|i am|we are|shes|she's|she is|hes|he's|he is|(?:who|girl|boy|friend|sister|brother|daughter|son|cousin|one|kid)(?:s|'s| is| was)|still|only|just) (?:a |still |only |just |not )*(?:minor|underage|under age|under 18|under eighteen|not 18|kid still)",
    r"(?:not|aint|isnt|isn't) (?:even )?18(?: yet)?",
    r"(?:until|till|til|when|before|b4|once) i(?:'m|m| am| turn| hit| get)? (?:turn )?(?:18|eighteen)",
    r"(?:im|i'm|i am|i|still|shes|hes|she is|he is|in|my|a) (?:a |in |still in |only in |just started |an |the )*(?:6th|7th|8th|9th|10th|11th|sixth|seventh|eighth|ninth|tenth|eleventh) ?(?:grade|grader)",
    r"(?:im|i'm|i am|as|shes|she's|hes|still|only) (?:a |in |only a |still a |still in |just a )*(?:freshman in (?:hs|high)|(?:hs|high school) (?:freshman|sophomore|junior|senior|student|kid)|sophomore|middle ?school|middle schooler|high ?school|highschool|junior high|jr high|teen|teenager)",
    r"my (?:1[0-7]th|sixteenth|fifteenth|seventeenth|sweet (?:16|sixteen)) (?:birthday|bday)",
)

_ABOUT = r"(?: (?:only|just|like|about|around|barely|maybe|prob|probably|really|actually|still|almost|turning|in|the|a|now))*"
_YOUNG = (
    rf"(?:(?:{_AGE}|{_AGE_WORD})(?! ?(?:weeks?|wks?|months?|mos?|days?|hours?|hrs?|min\w*|miles?|dollars|bucks|%|am|pm|times|k)\b)"
    r"(?: ?-? ?(?:yo|y/o|(?:yr|year|yrs|years) ?-? ?olds?|f|m))?"
    r"|(?:6th|7th|8th|9th|10th|11th|sixth|seventh|eighth|ninth|tenth|eleventh) ?grade(?:r)?|(?:a )?(?:minor|underage|under 18|teen|teenager)"
    r"|(?:middle|high) ?school(?:er)?)"
)
_PERSON = (
    r"(?:daughter|son|sister|brother|friend|bff|bestie|niece|nephew|cousin|kid|child|baby|girl ?friend|boyfriend|bf|gf|roommate|coworker"
    r"|student|pupil|patient|client|guest|neighbou?r|classmate|grand(?:son|daughter|kid|child|baby)|step(?:son|daughter|sister|brother)"
    r"|girl|boy|lady|escort|teen|teenager|worker|person)"
)
AGE_OF_ANOTHER_EN = (
    rf"(?:she|he|they|shes|she's|hes|he's|theyre|they're|who|whos|that|thats)(?:'s)?(?: (?:is|was|are|looks?|looked|turned|might be|may be))?{_ABOUT} {_YOUNG}",
    rf"(?:my|our|her|his|their|a|an|the|this|that|some|another|one)(?: \w+){{0,3}} {_PERSON}(?:'s|s)?(?: (?:i|we|at|in|from|on|of) [\w']{{1,24}}+(?: [\w']{{1,24}}+){{0,3}})?"
    rf"(?:,? (?:is|was|are|who is|who's|whos|thats|looks?|looked|turned|aged?|might be|may be))?[,(]?{_ABOUT} {_YOUNG}",
    rf"(?:my|our|her|his|their|a|an|the|this|that|some|another|one)(?: (?:little|young|poor|new|own|baby|older|oldest|younger|youngest))? {_YOUNG}(?: (?:old )?{_PERSON})?",
)
"""An age under 18 that is somebody else's."""

OWN_AGE_EN = (
    rf"(?:i|im|i'm|i am|me|as)(?: (?:turned|turn|was|am|only|just|a|an|like|still|almost|about|barely|now|in|the|this|young|little|scared|female"
    rf"|male|trans|black|white|latina|girl|boy|kid|student|turning|myself|too|also))* {_YOUNG}",
    rf"^{_YOUNG}",
    rf"my {_AGE}th (?:birthday|bday)",
)
"""An age under 18 that is the writer's own, also beside that of somebody else."""

BUYER_EN = (
    r"(?:i|im|i'm|i am|i was)(?: \w+){0,2} a (?:\w+ )?(?:john|buyer|punter)",
    r"\bi (?:just |once |only |have |had |think i |regularly )*(?:paid|pay|hired|booked|bought|ordered) (?:for )?(?:sex|(?:a|an|this|that|some|the) (?:\w+ ){0,2}(?:girl|boy|escort|hooker"
    r"|prostitute|provider|sex worker|lady|woman))",
    r"(?:girl|boy|escort|hooker|prostitute|provider|woman|lady) (?:that |who )?i (?:paid|hired|booked|bought|ordered)",
)
"""The writer paid for sex: an age under 18 is not their own."""

_YEAR_OLD = rf"(?:{_AGE}|{_AGE_WORD}) ?-? ?(?:yo|(?:yr|year) ?-? ?olds?|(?:yrs|years) old)"
_NOBODYS = r"(?: (?!(?:i|im|me|my|myself|our|us|we|her|his|she|he|daughter|son|friend|sister|brother|cousin)\b)[\w'-]{1,24}+)"
_LAW_ASKS = r"(?:can|could|would|will|should|may|might|do|does|did|is|are|if|when|how)\b"
AGE_IN_LAW_QUESTION_EN = (
    rf"{_LAW_ASKS}{_NOBODYS}{{0,4}} {_YEAR_OLD}{_NOBODYS}{{0,8}} (?:charged|arrested|prosecuted|convicted|tried|sentenced|jailed|fined"
    r"|cited|guilty|liable|prison|jail)",
    rf"{_LAW_ASKS}{_NOBODYS}{{0,3}} (?:charge|arrest|prosecute|convict|sentence|jail|cite|fine){_NOBODYS}{{0,3}} {_YEAR_OLD}",
    rf"(?:is|are) (?:a |an |any )?{_YEAR_OLD}{_NOBODYS}{{0,8}} (?:victims?|crime|illegal|legal|allowed|considered|treated|protected)",
    rf"(?:penalt(?:y|ies)|sentence|punishment|laws?|charges?|fines?|statute)\b{_NOBODYS}{{0,8}} {_YEAR_OLD}",
)
"""An age in a general question about the law, which is nobody's own."""

_OTHER_GOODS = r"(?:drugs?|weed|pot|pills?|vapes?|candy|cigarettes|alcohol|beer|stolen|fake|tickets|phones|my (?!self|body|ass|pics|nudes))"
TRADE_EN = (
    rf"(?:caught|cot|busted|arrested|charged|popped|picked up)(?: \w+){{0,2}} (?:for |with )?(?:selling|soliciting|solicitation)(?! {_OTHER_GOODS})",
    r"i (?:\w+ ){0,2}sell(?=[,.;!?]|$| (?:is|am|can|n|and|to get by|on my own)\b)",
    r"(?:sell|selling|sold|sells|trade|trading|traded) (?:my ?(?:self|body)|sex|pics|nudes|pictures|videos|ass|it|me|her|him)",
    r"(?:sex|hook ?ups?|things|stuff|favou?rs|sexual) (?:for|4|in exchange) (?:money|cash|rides?|food|a place|place|rent|drugs|weed|vapes?|gifts|clothes|somewhere|a phone|pills|a couch|shoes)",
    r"(?:pay|pays|paid|paying|give|gives|gave|giving|offer\w*) me (?:\w+ ){0,4}(?:for (?:sex|nudes|pics|it|pictures|videos|that|to)|to (?:have sex|send|sleep|do (?:stuff|things|sexual)|strip|suck|touch|meet (?:guys|men)))",
    r"(?:get|got|gets|getting|be|being|am|im|i'm|was|been|are) (?:paid|trafficked|pimped|prostituted|exploited|groomed|sold)(?: (?:for|to|by|out|4)(?: \w+){0,3})?",
    r"(?:escort|escorting|prostitut\w*|hooking|tricks?|turning tricks|pimp|pimps|pimped|trafficked|sugar ?(?:daddy|daddies|baby)|survival sex|onlyfans|camming|in the life|the life|the track|the blade|dates for|doing dates|date me out|selling sex|sex work\w*)",
    r"(?:send|sent|sending|want|wants|asking|asked|asks|make|makes|made) (?:me )?(?:for |to send |him |them )*(?:nudes?|naked|topless|dirty pics|pics of my)",
    r"(?:older|grown|old|adult) (?:man|men|guys?|dude|bf|boyfriend|woman) (?:\w+ ){0,8}(?:sex|touch|sleep|nudes|money|pics|bed|gifts|buys)",
    r"(?:makes?|making|made|forced?|forcing|wants?) me (?:to )?(?:have sex|sleep with|do (?:things|stuff|sexual|dates|it with)|go with|meet (?:guys|men|his friends))",
)

"""Spanish crisis phrases of the floor, as regular expressions over folded text (no accents).

A space stands for any white space or none. Keepers: see docs/safety-protocol.md before a change.
"""

_PARTNER = (
    r"(?:esposo|marido|novio|pareja|ex|esposa|novia|papa|padre|padrastro|hombre|viejo|hermano|tio|mama|madrastra|suegra|concubino|hijo)"
)
_QUIERO = r"(?:quiero|quisiera|kiero|qiero|queria|voy a|pienso|prefiero|deseo|ganas de|mejor|intente|tengo que|estoy por|planeo|pensando en|pense en|ojala)"
_CLOSE = r"(?:hija|hijo|hermana|hermano|amiga|amigo|prima|primo|sobrina|sobrino|vecina|nina|nino|muchacha|muchacho|mama|esposa|companera|companero|nieta|nieto|cunada|chica|chavo|chava|mujer)"
_OFICIAL = (
    r"(?:policias?|oficial(?:es)?|agentes?(?: de (?:la )?(?:migra|inmigracion|ice|ley|policia))?|sheriffs?|alguacil(?:es)?|patrulleros?"
    r"|migra|custodios?|carceleros?|(?:guardias?|celador(?:es)?) (?:de|en) (?:la |el |una )?(?:carcel|prision|penal|centro de detencion))"
)
_ARMA = r"(?:pistola|cuchillo|arma|machete|navaja|rifle)"
_GOLPEANDO = r"(?:pegando|golpeando|maltratando|ahorcando|estrangulando|pateando|quemando|apunalando|cacheteando|lastimando)"
_NO_GOLPE = (
    r"(?! (?:muy |bien )?(?:(?:duro|fuerte|feo) )?(?:el|la|un|una) (?:sol|calor|frio|hambre|sueno|gripa|gripe|cruda|resaca|nostalgia|aire"
    r"|viento|edad|crisis|fiebre|tos|alergia|migrana|depre))"
)

PLEAS_ES = (
    r"(?:ayudenme|ayudame|ayudeme|ayudanos|ayudenos|auxilio|socorro|^ayuda)(?: por favor| porfa\w*| porfis| xfa\w*| ya| rapido| urgente)?$",
    r"(?:ayudenme|ayudame|ayudeme|auxilio|socorro) (?:por favor|porfa\w*|xfa\w*|ya|rapido|urgente)",
    r"(?:necesito ayuda|ayuda) (?:urgente|ahora|ya|ahorita|rapido|por favor|inmediata)",
    r"(?:llam\w+|mand\w+|envi\w+) (?:a )?(?:la |una )?(?:policia|ambulancia|ayuda)(?: por favor| ya| rapido| ahora| porfa\w*)",
)
"""Pleas for help that name no attacker: immediate danger, unless the danger is the writer's own wish to die."""

FEAR_OF_DEATH_ES = (r"no (?:me )?(?:quiero|kiero|quisiera) morir(?:me)?(?! de)",)
"""Said under attack; the words hold a wish to die that is none."""

_ANOTHER = (
    rf"(?:(?:mi|nuestr[oa]|su) (?:\w+ ){{0,2}}(?:{_CLOSE}|{_PARTNER}|abuel[oa]|hermanit[oa])|(?:un|una) (?:amig[oa]|chic[oa]"
    r"|companer[oa])(?: mi[oa])?|alguien que (?:conozco|quiero)|el|ella)\b"
)
_SAYS = r"(?: me (?:dijo|dice|escribio|mando|conto)(?: que)?| (?!(?:yo|me|mi|mis|y|pero|porque|si|cuando|no|conmigo)\b)\w++){0,4}"
SUICIDE_OF_ANOTHER_ES = (
    rf"{_ANOTHER}{_SAYS} se (?:\w+ )?(?:quiere|quieren|va a|queria|intento|trato de|piensa|puede) (?:matar|suicidar|morir(?! de)|ahorcar"
    r"|colgar|cortar las venas|quitar la vida|tirar (?:del?|de un|al) (?:puente|edificio|rio|techo|balcon|tren))",
    rf"{_ANOTHER}{_SAYS} (?:quiere|va a|amenaza con|intento|trato de|piensa en|esta pensando en|habla de|dice que va a"
    r"|ha intentado) (?:\w+ )?(?:matarse|suicidarse|morirse(?! de)|ahorcarse|colgarse|quitarse la vida|cortarse las venas|hacerse dano"
    r"|lastimarse)",
    rf"{_ANOTHER}{_SAYS} (?:dice que|dijo que|me dijo que) (?:ya )?(?:quiere morir(?:se)?(?! de)|no quiere (?:vivir|seguir viviendo"
    r"|estar (?:aqui|viv[oa])|despertar)|se va a (?:matar|suicidar|quitar la vida))",
    rf"(?:mi|nuestr[oa]) (?:\w+ ){{0,2}}(?:{_CLOSE}|{_PARTNER})(?: ya)? no quiere (?:vivir(?! (?:con|en|aqui|alla|cerca|juntos))"
    r"|seguir viviendo)",
    rf"{_ANOTHER} (?:\w+ ){{0,2}}se (?:esta |anda )?(?:corta|cortando) (?:los brazos|las venas|las munecas|las piernas|a si mism[oa]"
    r"|con (?:una|la|un) (?:navaja|cuchillo|cutter))",
    rf"(?:mi|nuestr[oa]) (?:\w+ ){{0,2}}(?:{_CLOSE}|{_PARTNER}) (?:\w+ ){{0,2}}(?:se autolesiona|(?:es|esta) suicida"
    r"|tiene (?:pensamientos|ideas) (?:suicidas|de suicidio)|piensa en el suicidio|dejo una (?:carta|nota) (?:de despedida|suicida))",
    rf"{_ANOTHER} (?:\w+ ){{0,3}}se (?:encerro|metio|ha encerrado) (?:\w+ ){{0,2}}(?:bano|cuarto|recamara|closet|carro|garage|cochera"
    rf"|sotano) (?:\w+ )?con (?:\w+ ){{0,2}}(?:{_ARMA}|cutter|navajas?|tijeras|pastillas|soga|cuerda|cinto)",
)
"""Somebody else wants to die or hurts themselves: suicide for the danger, third party for who it is."""

OVERDOSE_OF_ANOTHER_ES = (
    rf"(?:mi|nuestr[oa]) (?:\w+ ){{0,2}}(?:{_CLOSE}|{_PARTNER}|abuel[oa]) (?:\w+ ){{0,2}}(?:tomo|trago|ingirio"
    r"|comio) (?:\w+ ){0,2}(?:muchas|muchisimas|demasiadas|un monton de|bastantes|todas (?:las|sus|mis)|un frasco de"
    r"|puno de) (?:\w+ )?(?:pastillas|pastiyas|pildoras|medicinas?|medicamentos?)",
)
"""Somebody else took too much: overdose for the danger, third party for who it is."""

OWN_SUICIDE_ES = (
    r"(?:matarme|suicidarme|ahorcarme|colgarme|quitarme la vida|acabar con mi vida)",
    r"(?:me (?:quiero|voy a|quisiera|gustaria)|yo (?:tambien )?me (?:quiero|voy a)) (?:matar|morir(?! de)|suicidar|ahorcar|colgar"
    r"|quitar la vida)",
    r"(?:(?<!que\s)quiero|ganas de) (?:morir(?:me)?(?! de)|no despertar)",
    r"(?:no quiero|ya no quiero) (?:vivir|seguir viviendo|existir)",
    r"yo (?:tambien|igual)",
)
"""The writer's own wish to die, which leads where another's stands beside it."""

_PARIENTE = (
    r"(?:papa|padre|mama|madre|padrastro|madrastra|hermano|hermana|tio|tia|primo|prima|hijo|hija|abuelo|cunado|cunada|suegro|sobrino"
    r"|amigo|amiga|compadre|vecino|vecina)"
)
RELATIVE_IN_POLICE_ES = (
    rf"(?:mi|mis) (?:\w+ )?{_PARIENTE}s? (?:que )?(?:es|era|son|trabajan?)(?: (?:un|una|de|en|para|como|en la|de la|para la|con la|con el"
    rf"|para el))?(?: ex)? (?:{_OFICIAL}|carcel)(?!(?:[,.;]? (?!(?:mi|mis|alguien|un|una|hombre|ex|novio|esposo|marido"
    r"|pareja)\b)\w++){0,6}?[,.;]? (?:(?:me|nos|le|la|lo|les) (?:\w+ )?(?:peg|golpe|viol|toc|amenaz|abus|oblig|control|maltrat|persig"
    r"|sigue|vigil|encierr|encerr|quit|forz|lastim|mat)\w*|no (?:me|nos) deja|tiene (?:una |la )?(?:pistola|arma)|(?:le )?tengo miedo"
    r"|(?:nadie )?me (?:cree|va a creer)))",
)
"""A relative or friend of the writer in the police, who is not said to do harm: no danger by itself."""

FEARED_RELATIVE_ES = (
    r"(?:no puedo|nadie|miedo de|quien) (?:\w+ ){0,3}(?:denunciar|decirle a nadie|me cree|va a creer|creeria|ayudar|confiar)",
)
"""Why a relative in the police is feared all the same."""

_SEXO_PEDIDO = r"(?:sexo|acuest\w+|acostar\w*|relaciones|chup\w+|mamad\w*|hago (?:cosas|favores)|favores sexuales)"
_A_LA_CARCEL = r"(?:pres[oa]s?|carcel|bote|arrest\w+|encierr\w+|encerrar\w*|detien\w+|detener\w*|deport\w+)"
OFICIAL_PIDE_SEXO_ES = (
    rf"{_OFICIAL}(?: \w+){{0,8}} {_A_LA_CARCEL}(?: \w+){{0,2}} (?:si (?:yo )?no|a menos que|hasta que)(?: \w+){{0,4}} {_SEXO_PEDIDO}",
    rf"{_OFICIAL}(?: \w+){{0,8}} {_SEXO_PEDIDO}(?: \w+){{0,4}} (?:o|si no)(?: \w+){{0,4}} {_A_LA_CARCEL}",
)
"""Somebody in the police asks for sex and threatens with jail."""

_RISA = (
    r"(?: (?:la|pura|tanta|puro|tanto))? (?:risa|hambre|sueno|sed|calor|frio|aburrimiento|nervios|ganas|envidia|ternura"
    r"|(?:pena|verguenza)(?=.*j[aje]{3}))| (?:pena|verguenza)"
)

PHRASES_ES: dict[str, tuple[str, ...]] = {
    "overdose": (
        r"(?:tuvo|tiene|tuve|tengo|tomo|le dio|me dio|esta teniendo|creo que es|hizo|con) (?:una )?sobredosis",
        r"(?:me|se) (?:tome|tomo|trague|trago|tome|metio|meti) (?:\w+ ){0,2}(?:todas|todo|muchas|un monton|demasiad\w+|el frasco|la botella|un frasco|puno|varias)(?: \w+){0,3} ?(?:pastillas|pastiyas|pildoras|medicinas?|medicamentos?|frasco)?",
        r"(?:no (?:se )?(?:despierta|depierta|respira|reacciona|responde|contesta y esta)|no (?:lo|la) (?:puedo|podemos) despertar|no puedo despertar(?:lo|la|me)?|dejo de respirar|casi no respira|apenas respira|respira (?:raro|muy poco|feo))",
        r"(?:labios|cara|boca|dedos|unas) (?:esta |estan |se (?:le )?(?:pus\w+|ponen|ven) |los tiene |la tiene )?(?:medio |muy |bien )?(?:azul\w*|morad\w*|gris\w*)",
        *OVERDOSE_OF_ANOTHER_ES,
        r"(?:espuma (?:por|en) la boca|necesito narcan|tiene fentanilo y)",
    ),
    "immediate_danger": (
        r"(?:desperte|amaneci|estoy) en (?:un|una) (?:cuarto|casa|lugar|motel|hotel|carro|cama) que no (?:conozco|reconozco)",
        r"no se (?:en )?(?:donde|adonde) (?:estoy|me trajeron|me llevan|me lleva|me trajo)",
        r"(?:me|nos|lo|la) (?:va a|van a|quiere|quieren|iba a|viene a|vienen a|amenaza con|amenazo con|trata de|trato de|juro que me va a) (?:matar|disparar|golpear|pegar|apunalar|lastimar|hacer dano|ahorcar|secuestrar|desaparecer|quemar|acuchillar|balacear)(?:me|nos)?",
        r"(?:quiere|quieren|va a|van a|amenaza con|amenazo con|dice que va a|jura que va a|viene a|intento|trato de|trata de) (?:matarme|matarnos|dispararme|golpearme|lastimarme|apunalarme|ahorcarme|secuestrarme|hacerme dano|pegarme|desaparecerme|quemarme)",
        rf"(?:tiene|trae|saco|traen|(?<!estoy\s)(?<!sola\s)(?<!solo\s)(?<!aqui\s)con|me apunta con|carga) (?:una |un |la |el )?{_ARMA}",
        rf"(?:me|nos) (?:esta|estan|viene|vienen|anda|andan|estaba) (?:siguiendo|persiguiendo|{_GOLPEANDO}|atacando|buscando para"
        rf"|amenazando|apuntando){_NO_GOLPE}",
        rf"(?:(?:le|la|lo|les) )?(?:esta|estan) {_GOLPEANDO} a mis? (?:\w+ )?(?:mama|madre|papa|herman[oa]s?|hij[oa]s?|nin[oa]s?|bebe"
        r"|abuel[oa])",
        r"(?:esta|estan|hay alguien|hay un hombre|ya llego|lo oigo) (?:afuera|en la puerta|tocando la puerta|tratando de entrar|rompiendo la puerta|golpeando la puerta)",
        r"(?:me|nos) (?:tiene|tienen|tenian|dejo|dejaron|encerro|encerraron) (?:encerrad\w+|amarrad\w+|secuestrad\w+|atrapad\w+|bajo llave|con llave|cautiv\w+)",
        r"(?:estoy|estamos|sigo) (?:encerrad\w+|atrapad\w+|escondid\w+|secuestrad\w+|amarrad\w+|en peligro|sangrando|herid\w+)",
        r"(?:me|nos) (?:secuestr\w+|encerro|encerraron|balearon|disparo|apunalo|acuchill\w+)",
        *PLEAS_ES,
        r"(?:ayudenme|ayudame|ayudeme|auxilio|socorro) (?:me|nos|estoy|hay|el|que)",
        r"(?:temo|miedo) (?:por|de perder) mi vida|mi vida (?:corre|esta en) peligro|corro peligro",
        r"ya viene(?: por mi| a matarme| para aca| y| de regreso| borracho)",
        r"(?:me|nos) (?:estan|esta) (?:llevando|subiendo) (?:a |en )",
        r"no (?:estoy|estamos|me siento|nos sentimos) (?:a salvo|segur\w+ (?:aqui|en|con|ahora|ahorita))",
        r"no (?:me siento|nos sentimos) segur\w+",
    ),
    "suicide": (
        *SUICIDE_OF_ANOTHER_ES,
        rf"{_QUIERO} (?:\w+ )?(?:morir(?:me)?(?! de(?:{_RISA})\b)|matarme|suicidarme|estar muert\w+|quitarme la vida|acabar con (?:todo|mi vida|esto)|desaparecer|terminar con (?:todo|mi vida)|dejar de (?:vivir|existir)|ahorcarme|cortarme|hacerme dano|lastimarme|colgarme|no despertar|tirarme)",
        r"(?:me quiero|me voy a|me kiero|me qiero|mejor me|ya me quiero|me gustaria|me da ganas de|me dan ganas de) (?:morir(?! de)|matar|suicidar|quitar la vida|ahorcar|colgar|tirar (?:del|de un|al)|aventar (?:del|de un|al)|cortar|lastimar|hacer dano)",
        r"(?:matarme|suicidarme|suicidar|quitarme la vida|quitarme la bida|matandome)",
        r"(?:no quiero|ya no quiero|no kiero|ya no kiero|no queria|no tengo ganas de|sin ganas de) (?:vivir|seguir(?: viviend\w+| asi| aqui| con esto)?|estar (?:aqui|viv\w+)|existir|despertar|bivir)",
        r"(?:no (?:vale la pena|tiene sentido|le veo sentido a|encuentro sentido a|hay razon para|tengo razon para|tengo motivos para|tengo por que)) (?:seguir |la )?(?:vivir|viviendo|vida|seguir|viv\w+)",
        r"(?:pensamientos|ideas|pienso en el|pensando en el|pensado en el) (?:suicidas?|suicidio|de muerte|de suicidio)",
        r"(?:estarian|estan|estaria|seria|va a estar|estaran) (?:mucho )?mejor (?:sin mi|si (?:yo )?(?:me muero|no estuviera|no existiera|me muriera|desaparezco))",
        r"(?:ojala|quisiera) (?:estar muert\w+|no (?:hubiera|haber) nacido|no despertar|me muera|morirme|estuviera muert\w+|me muriera|no despierte)",
        r"(?:cansad\w+|hart\w+) de (?:vivir|la vida|existir|estar viv\w+)",
        r"me (?:corto|corte|estoy cortando|lastimo|hago dano) (?:los brazos|las venas|las munecas|las piernas|a mi mism\w+|otra vez|yo sol\w+)|cortarme las venas",
        r"(?:carta de despedida|ya me despedi de|despedirme de (?:todos|mi familia|mis hijos))",
        r"ya no (?:puedo mas|aguanto (?:mas )?(?:la vida|vivir|esta vida))",
        r"^(?:suicidio|me quiero morir|quiero morir|matenme)[.! ]*$",
        r"(?:mi|una?|el|la) (?:\w+ ){1,3}se (?:quiere|quieren|va a|queria|intento|trato de) (?:tirar (?:del?|de un|al) (?:puente|edificio|rio|techo|balcon|tren)|matar|colgar|ahorcar|suicidar|cortar las venas|quitar la vida)",
    ),
    "sexual_assault": (
        *OFICIAL_PIDE_SEXO_ES,
        r"(?:me|nos) (?:viol[oa]|violaron|violan|esta violando|estan violando|abus\w+|forzo a|toco a la fuerza|toca (?:mis|las|en|por|cuando|abajo)|tocaba|toco (?:mis|las|en|por|cuando|abajo)|manose\w+|drogo|drogaron|penetro|obligo a (?:tener|hacer) (?:sexo|relaciones|cosas)|obliga a (?:tener|hacer) (?:sexo|relaciones|cosas))",
        r"(?:fui|he sido|estoy siendo|soy|fue una|sufri|sufri una|sufri de) (?:violad\w+|violacion|abusad\w+|abuso sexual|victima de (?:violacion|abuso|una violacion)|agredid\w+ sexual\w*)",
        r"(?:abus\w+|agred\w+) sexual\w* (?:de mi|contra mi|de nosotr\w+)|abuso de mi|abusaron de mi|abusa de mi",
        r"(?:trato de|intento|intentaron|queria|quiso|quiere) (?:violarme|abusar de mi|forzarme|violar)",
        r"(?:tuvo|tuvieron|tiene) (?:sexo|relaciones) conmigo (?:sin|aunque|cuando|mientras|a la fuerza|dormida|borracha)",
        r"(?:le dije que no|dije que no) y (?:no paro|siguio|lo hizo|de todos modos|aun asi|igual)",
        r"(?:me |le )?(?:echaron|echo|puso|pusieron|metieron|metio) (?:algo|droga|una pastilla) (?:en|a) (?:la|el|mi) (?:bebida|copa"
        r"|trago|vaso|cerveza)(?! de (?:ella|el)\b)",
        r"(?:drogaron|drogo|adulteraron) mi (?:bebida|copa|trago|vaso|cerveza)",
    ),
    "domestic_violence": (
        rf"mi {_PARTNER} (?:\w+ ){{0,4}}(?:me|nos) (?:\w+ )?(?:pega|pego|golpea|golpeo|maltrata|maltrato|ahorca|ahorco|amenaza|amenazo|controla|insulta|empuja|empujo|quema|quemo|lastima|lastimo|cela|encierra|patea|pateo|jala|jalo|abofetea|cachetea|abusa|da miedo|corre|agrede|estrangul\w+|va a matar|quiere matar|quita)",
        rf"mi {_PARTNER} (?:\w+ ){{0,4}}(?:me|nos|le|la|lo|les) (?:esta|anda|estaba) {_GOLPEANDO}",
        rf"mi {_PARTNER} (?:\w+ ){{0,2}}esta {_GOLPEANDO} a mi",
        r"(?:el|ella|siempre|otra vez|anoche|ayer|hoy|ya|cuando toma|borracho|todos los dias|cada vez) (?:\w+ )?(?:me|nos) (?:pega|pego|golpea|golpeo|maltrata|ahorco|ahorca|patea|pateo|cacheteo|quemo|estrangulo)",
        r"me (?:pega|pego|golpea|golpeo|golpio|maltrata|ahorca|ahorco|patea|pateo|cacheteo|estrangul\w+|agarra a golpes|agarro a golpes)(?: mucho| feo| y| cuando| otra| enfrente| con| a mi| duro| cada| si| por| en|$)",
        r"(?:tengo miedo|me da miedo|miedo) (?:a|de|de que|volver|regresar|irme|a volver|a regresar) (?:a )?(?:mi |la )?(?:esposo|marido|novio|pareja|ex|casa|padrastro|papa|el|me mate|me pegue|me haga)",
        r"(?:violencia (?:domestica|en mi casa|de mi pareja|de genero)) (?:y|en mi|ayuda|necesito|sufro|con mi)|(?:sufro|vivo|vivo con|victima de|soy victima de) (?:de )?(?:violencia|maltrato|golpes|abuso)",
        r"(?:pega|golpea|maltrata) a mis (?:hijos|ninos|hijas)",
    ),
    "trafficking": (
        r"(?:me|nos) (?:obliga|obligan|fuerza|fuerzan|forzan|forza|hace|hacen|pone|ponen|exige|exigen|estan obligando|esta obligando|quieren obligar) (?:a )?(?:prostituir\w*|vender(?:me)?|trabajar|acostar\w*|tener (?:sexo|relaciones|clientes)|estar con (?:hombres|clientes|otros)|ver clientes|bailar|hacer (?:cosas|videos|citas|servicios)|atender (?:hombres|clientes)|pedir dinero|mendigar|robar|ir con|dar todo)",
        r"(?:me|nos) (?:vende|venden|esta vendiendo|estan vendiendo|renta|rentan|explota|explotan|ofrece a|ofrecen a|prostituye|prostituyen|esta traficando|estan traficando)(?! la cabeza)",
        r"(?:me|nos) (?:quit\w+|tiene\w*|retien\w+|escond\w+|guard\w+|robaron|rob\w+|agarr\w+) (?:el |la |mi |mis |los |las |todos mis |nuestros )?(?:pasaportes?|papeles|documentos|identificacion|visa|id|celular y)",
        r"(?:tiene|tienen|guarda|guardan|quito|quitaron|quitaron|escondio|escondieron|se quedo con|se quedaron con|no me (?:da|dan|devuelve|devuelven|regresa|regresan)) (?:el |la |los |todos )?(?:mi |mis |nuestros )?(?:pasaporte|papeles|documentos|identificacion|visa)",
        r"(?:no me|no nos) (?:deja|dejan|dejaba|permite|permiten) (?:salir|ir(?:me|nos)?|llamar|hablar|usar el|descansar|renunciar|comunicar\w*|regresar|volver|ver a|tener)",
        r"no (?:puedo|podemos|me puedo|nos podemos) (?:salir|irme|irnos|escapar\w*|renunciar) (?:de aqui|hasta que pague|porque me|porque el|si no pago)",
        r"(?:le|les) (?:debo|debemos)(?: \w+){0,6} (?:coyote|patron|patrona|jefe|dinero y|deuda|trabajar|pagar|no me deja|y no)|(?:pagar|paga|pagando|pagarle|debo) (?:\w+ ){0,3}(?:la |una )?deuda (?:\w+ ){0,4}(?:coyote|patron|jefe|trabaj\w+|nunca|no me|cuerpo|hombres|sigue|crece)",
        r"(?:soy|creo que soy|estoy siendo|somos) (?:victima de (?:la )?(?:trata|trafico|explotacion)|traficad\w+|explotad\w+|vendid\w+|esclav\w+|obligad\w+ a)",
        r"(?:amenaza\w*|dice\w*|va|van|quiere\w*) (?:con|que va a|que van a|a)? ?(?:publicar|subir|mandar|enviar|ensenar|compartir|difundir|pasar) (?:mis|las|los|unas|todas mis) (?:fotos|videos|pack|imagenes|nudes)",
        r"(?:amenaza\w*|dice\w*|si me voy|si no) (?:\w+ ){0,6}(?:llama\w*|con llamar|echar\w*|denunciar\w*|entregar\w*|reportar\w*|con) (?:\w+ )?(?:a )?(?:la )?(?:migra|inmigracion|ice|deport\w+)",
        r"(?:me chantajea\w*|me extorsiona\w*|me estan chantajeando|me esta chantajeando)",
        r"(?:se queda|se quedan|me quita|me quitan|agarra|agarran|se lleva) (?:con )?(?:todo|toda|todito) (?:el |mi |lo )?(?:dinero|paga|que gano|pago|sueldo|cheque)",
        r"mi (?:padrote|proxeneta|tratante)",
        r"(?:trabaj\w+) (?:\w+ ){0,3}sin (?:paga|sueldo|que me paguen|pagarme|descanso)(?: y| no)|no me (?:pagan|paga|han pagado) (?:\w+ ){0,4}(?:no me dejan|no puedo|amenaz\w+|encerr\w+|pasaporte|papeles)",
        r"contra mi voluntad|a la fuerza me (?:tiene|tienen|trajeron|llevan)",
        r"(?:quiero|necesito|como puedo|ayudenme a|como) (?:salir|escapar|escaparme|salirme|huir) (?:de (?:esta vida|el|ellos|aqui|mi (?:padrote|novio|patron|jefe|pareja))|pero)",
        r"me tienen (?:\w+ )?(?:obligad[oa]|forzad[oa]|amenazad[oa]|vigilad[oa]|escondid[oa]|esclavizad[oa]|prostituyendo|sin (?:comer|dejarme salir|pagarme|mis papeles))",
        r"^me (?:vendieron|vendio)(?: a (?:un|unos|otro|otros|una) (?:hombres?|tipos?|senor(?:es)?|padrote|mujer|senora|bar)|[,.!]* (?:x ?favor|por ?favor|ayuda\w*|auxilio))",
    ),
    "third_party": (
        *SUICIDE_OF_ANOTHER_ES,
        *OVERDOSE_OF_ANOTHER_ES,
        rf"mi {_CLOSE} (?:\w+ ){{0,4}}(?:no aparece|no ha vuelto|no volvio|no regreso|no llego a (?:la )?casa|se escapo|se perdio|esta perdid\w+|esta desaparecid\w+)",
        rf"(?:mi|una|un|la|el) {_CLOSE} (?:\w+ ){{0,4}}(?:esta|fue|ha sido|la|lo|se|anda|desaparecio|lleva) (?:\w+ ){{0,3}}(?:desaparecid\w+|secuestr\w+|traficad\w+|obligad\w+|vendid\w+|vendiendo|obligando|en peligro|explotad\w+|golpead\w+|tienen encerrad\w+|siendo (?:abusad\w+|vendid\w+|traficad\w+|explotad\w+|golpead\w+)|forzad\w+|prostituyendo|forzando|violand\w+|llevaron|perdid\w+)",
        rf"(?:mi|una|un|la|el) {_CLOSE} (?:\w+ ){{0,3}}(?:se quiere|quiere|dice que se va a|va a|amenaza con|intento|trato de|dice que quiere|habla de) (?:\w+ )?(?:matar\w*|suicidar\w*|morir\w*|quitar\w* la vida|lastimar\w*|hacer\w* dano)",
        r"(?:hay|veo|vi|conozco|tienen|tiene) (?:a )?(?:una?|unas|unos|muchas|varias|dos|tres) (?:\w+ )?(?:nina|ninas|muchacha|muchachas|mujer|mujeres|joven|jovenes|chica|chicas|senora|nino|ninos|menor|menores|trabajador\w*) (?:\w+ ){0,5}(?:encerrad\w+|obligad\w+|forzad\w+|vendid\w+|golpead\w+|pidiendo ayuda|llorando y|a la fuerza|no (?:la|las|lo|los) dejan|en peligro|explotad\w+)",
        r"(?:creo|sospecho|pienso|temo|se) que (?:mi|una|a mi|a una|a la|la|el|estan|esta) (?:\w+ ){0,5}(?:traficando|traficad\w+|obligand\w+|obligad\w+|vendiendo|vendid\w+|explotand\w+|explotad\w+|abusand\w+|secuestrad\w+|trata|prostituyendo|golpeand\w+)",
        rf"(?:se llevaron|secuestraron|no (?:aparece|encuentro|encontramos|se donde esta)|desaparecio|se perdio) (?:a )?mi {_CLOSE}",
    ),
}

HARM_OTHERS_ES = (
    r"(?:lo|la|los|le|las) (?:voy a|quiero|kiero|juro que (?:lo|la) voy a) (?:matar|disparar|apunalar|golpear|hacer dano|acuchillar)",
    r"(?:voy a|quiero) (?:matarlo|matarla|matarlos|lastimarlo|lastimarla|dispararle|golpearlo|hacerle dano|acuchillarlo|matar a (?:mi|ese|el|esa|alguien|todos))",
)

POLICE_DANGER_ES = (
    *OFICIAL_PIDE_SEXO_ES,
    rf"(?:es|trabaja de|trabaja como|era) (?:un |un ex |ex )?{_OFICIAL}",
    r"(?:un|el|ese|la|dos|unos) (?:policias?|oficial|agente|sheriff)(?: de la migra| de inmigracion| de ice)? (?:me|nos|la|lo)? ?(?:violo|toco|pego|golpeo|amenaz\w+|abus\w+|oblig\w+|manose\w+|pide|pidio|quiere|esta)",
    r"(?:miedo|temo|temor) (?:a|de|a llamar a|de llamar a|llamar a) (?:la )?(?:policia|migra|ice|inmigracion)",
    r"(?:amigos?|familia|primo|hermano|compadre) (?:de |es |son |en )?(?:la |los )?policias?",
    rf"{_OFICIAL} (?:\w+ ){{0,6}}(?:me|nos) (?:\w+ )?(?:hac\w+ (?:hacer|tener|desnud\w+|cosas)|viol\w+|peg\w+|golpe\w+|abus\w+|amenaz\w+"
    r"|toc\w+|oblig\w+|manose\w+|lastim\w+|extorsion\w+|acos\w+|persig\w+)",
    rf"(?:me|nos) (?:viol\w+|pego|pegaron|golpe\w+|amenaz\w+|toco|tocaron|oblig\w+|manose\w+|acos\w+) (?:un|una|el|la|unos|los|dos|ese) {_OFICIAL}",
    rf"(?:el|novio|esposo|marido|ex|pareja|papa|padrastro|hombre|tio|hermano|jefe|patron) (?:es|era) (?:de |del )?(?:la |el |un )?{_OFICIAL}",
    r"(?:trabaja|trabajan) (?:en|para|de) (?:la |el )?(?:departamento de |oficina del )?(?:policia|migra|911|sheriff|alguacil\w*"
    r"|inmigracion|ice|carcel)",
    r"(?:llam\w+|ech\w+|report\w+|denunci\w+|entreg\w+|avis\w+|mand\w+)(?: \w+){0,2} (?:a |con )?(?:la )?\b(?:migra|inmigracion|ice)",
    r"\b(?:me|nos|lo|la|los|las) (?:va a |van a |pueden? |quieren? |podrian? )?(?:deport\w+)|deportar(?:me|nos|lo|la)",
    r"(?:miedo|temor|temo|amenaz\w+) .{0,30}\bdeport\w+",
    r"\bno (?:quiero|queremos|confio|llamen?|manden?|traigan?|envien?|puedo (?:ir|confiar|llamar))(?: \w+){0,3} (?:policias?|migra|patrulla)",
    r"\bsin (?:la )?policia",
    r"si (?:llamo|voy|le digo|les digo|denuncio)(?: \w+){0,3} (?:policia|911) .{0,40}(?:arrest\w+|carcel|encierr\w+|detien\w+)",
)

AGE_UNDER_18_ES = (
    r"(?:tengo|tiene|tenia|cumpli|cumplo|con|de|solo|apenas) (?:solo |apenas |como |casi )?(?:[6-9]|1[0-7]|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete)(?: ?anos| ?anitos| anios| ani?os|$)(?! (?:sobri\w+|limpi\w+|casad\w+|trabajando|aqui|viviendo|de casad\w+))",
    r"(?:tengo|tiene|cumpli) (?:solo |apenas |como |casi |ya )?(?:1[0-7]|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete)(?=[,.;!]| (?:y|i|e|pero|me|mi|soy|estoy|vendo|la|un)(?![a-z]))(?!(?:,| y)? \d)",
    r"(?:soy|aun soy|todavia soy|es|una|un|siendo) (?:menor(?: de edad)?|adolescente)",
    r"(?:estoy|voy|sigo) en (?:la )?(?:secundaria|prepa\w*|primaria|high ?school|middle ?school|noveno|octavo|septimo|decimo)",
)

_PERSONA = rf"(?:{_CLOSE}|hermanit[oa]|alumn[oa]|estudiante|clienta?|paciente|chic[oa]|muchachit[oa]|menor|jovencit[oa]|novi[oa])"
_JOVEN = r"(?:[6-9]|1[0-7]|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete)(?: (?:anos|anitos|anios))?"
AGE_OF_ANOTHER_ES = (
    rf"(?:tiene|tenia|cumplio|apenas tiene) (?:solo |apenas |como |casi |ya )?{_JOVEN}",
    rf"{_PERSONA} (?:\w+ )?(?:de|con) (?:solo |apenas |como |casi )?{_JOVEN}",
    r"(?:es|una|un) (?:menor(?: de edad)?|adolescente)",
)
"""An age under 18 that is somebody else's."""

OWN_AGE_ES = (
    rf"(?:tengo|cumpli|cumplo) (?:solo |apenas |como |casi |ya )?{_JOVEN}",
    r"soy (?:una? )?(?:\w+ )?(?:menor|adolescente)",
    rf"soy (?:una? )?(?:{_PERSONA} )?de {_JOVEN}",
)
"""An age under 18 that is the writer's own, also beside that of somebody else."""

BUYER_ES = (
    r"(?:pague|le pague|contrate) (?:\w+ )?(?:por (?:tener )?(?:sexo|relaciones)|(?:a )?una (?:\w+ )?(?:chica|muchacha|escort|prostituta|mujer))",
)
"""The writer paid for sex: an age under 18 is not their own."""

_PERDIDO = r"(?:desaparec\w+|se (?:fue|escapo|perdio)|no (?:aparece|volvio|regreso|llego a (?:la )?casa)|no ha (?:vuelto|regresado|llegado)|(?:esta|anda) perdid[oa])"
MISSING_CHILD_ES = (
    rf"(?:hij[oa]|nin[oa]|sobrin[oa]|herman(?:it)?[oa]|niet[oa])(?:[,;]? \w++){{0,6}}? {_PERDIDO}",
    r"no encuentro a mi hij[oa]",
)
MISSING_ES = (
    rf"(?<!persona\s)(?:no aparece|no ha (?:vuelto|regresado|llegado)|no (?:volvio|regreso) a (?:la )?casa|se escapo|{_PERSONA} desaparecio)",
)
"""Somebody is not where they should be: a missing child where the words give an age under 18 that is not the writer's."""

_EDAD = r"(?:[6-9]|1[0-7]|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete) ?anos"
_MENOR = rf"(?:menor(?:es)?(?: de edad)?(?: de {_EDAD})?|de {_EDAD})"
_DE_NADIE = r"(?: (?!(?:me|mi|mis|yo|su|sus|nuestr[oa]|hij[oa]|herman[oa]|amig[oa])\b)\w++)"
_PREGUNTA = r"(?:puede\w*|podria\w*|que pasa|se puede|es (?:legal|delito)|como|cuando|si|pena|castigo|ley(?:es)?)\b"
AGE_IN_LAW_QUESTION_ES = (
    rf"{_PREGUNTA}{_DE_NADIE}{{0,6}} {_MENOR}{_DE_NADIE}{{0,6}} (?:acus|arrest|deten|detien|proces|conden|encarcel|mult|juzg|enjuici"
    r"|castig|carcel)\w*",
    rf"{_PREGUNTA}{_DE_NADIE}{{0,3}} (?:acus|arrest|deten|detien|proces|conden|encarcel|mult|juzg|enjuici"
    rf"|castig)\w*{_DE_NADIE}{{0,4}} {_MENOR}",
)
"""An age in a general question about the law, which is nobody's own."""

TRADE_ES = (
    r"(?:vendo|vender|vendiendo|venden|vende|cambio|cambiar) (?:mi cuerpo|sexo|fotos|mis fotos|nudes|packs?|me|contenido)",
    r"(?:me vendo|me vende|me venden|me prostituy\w+|prostitu\w+|padrote|me ofrece\w*|me renta\w*|me explota\w*)",
    r"(?:sexo|relaciones|cosas|acostarme|acuesto|fotos) (?:\w+ ){0,3}(?:por|a cambio de|x) (?:dinero|lana|feria|comida|techo|un lugar|ropa|regalos|drogas?|donde|casa|ride)",
    r"(?:me paga|me pagan|me da|me dan|me ofrece|me ofrecio) (?:\w+ ){0,4}(?:por (?:sexo|fotos|tener|acostarme|hacer|estar|eso)|para (?:tener|que me acueste|fotos|acostarme))",
    r"(?:me pide|me piden|me pidio|quiere que (?:le )?mande|mandarle|le mande|me exige) (?:fotos|videos|nudes|el pack|mi pack|un pack)",
    r"(?:me obliga|me obligan|me hace|me hacen|me lleva|me llevan) (?:a |con )?(?:\w+ ){0,2}(?:hombres|senores|clientes|tener|acostarme|sexo|hacer)",
    r"(?:hombre|senor|novio|tipo|viejo) (?:mas )?(?:mayor|grande|viejo|adulto|de (?:2|3|4|5)\d)(?: \w+){0,8} (?:sexo|relaciones|fotos|dinero|regalos|acost\w+|toca)",
)

"""Spanish crisis phrases of the floor, as regular expressions over folded text (no accents).

A space stands for any white space or none. Keepers: see docs/safety-protocol.md before a change.
"""

_PARTNER = (
    r"(?:esposo|marido|novio|pareja|ex|esposa|novia|papa|padre|padrastro|hombre|viejo|hermano|tio|mama|madrastra|suegra|concubino|hijo)"
)
_QUIERO = r"(?:quiero|quisiera|kiero|qiero|queria|voy a|pienso|prefiero|deseo|ganas de|mejor|intente|tengo que|estoy por|planeo|pensando en|pense en|ojala)"
_CLOSE = r"(?:hija|hijo|hermana|hermano|amiga|amigo|prima|primo|sobrina|sobrino|vecina|nina|nino|muchacha|muchacho|mama|esposa|companera|companero|nieta|nieto|cunada|chica|chavo|chava|mujer)"
_OFICIAL = r"(?:policias?|oficial(?:es)?|agentes?(?: de (?:la )?(?:migra|inmigracion|ice))?|sheriffs?|alguacil(?:es)?|patrulleros?|migra)"

PHRASES_ES: dict[str, tuple[str, ...]] = {
    "overdose": (
        r"(?:tuvo|tiene|tuve|tengo|tomo|le dio|me dio|esta teniendo|creo que es|hizo|con) (?:una )?sobredosis",
        r"(?:me|se) (?:tome|tomo|trague|trago|tome|metio|meti) (?:\w+ ){0,2}(?:todas|todo|muchas|un monton|demasiad\w+|el frasco|la botella|un frasco|puno|varias)(?: \w+){0,3} ?(?:pastillas|pastiyas|pildoras|medicinas?|medicamentos?|frasco)?",
        r"(?:no (?:se )?(?:despierta|depierta|respira|reacciona|responde|contesta y esta)|no (?:lo|la) (?:puedo|podemos) despertar|no puedo despertar(?:lo|la|me)?|dejo de respirar|casi no respira|apenas respira|respira (?:raro|muy poco|feo))",
        r"(?:labios|cara|boca|dedos|unas) (?:esta |estan |se (?:le )?(?:pus\w+|ponen|ven) |los tiene |la tiene )?(?:medio |muy |bien )?(?:azul\w*|morad\w*|gris\w*)",
        r"(?:espuma (?:por|en) la boca|necesito narcan|tiene fentanilo y)",
    ),
    "immediate_danger": (
        r"(?:desperte|amaneci|estoy) en (?:un|una) (?:cuarto|casa|lugar|motel|hotel|carro|cama) que no (?:conozco|reconozco)",
        r"no se (?:en )?(?:donde|adonde) (?:estoy|me trajeron|me llevan|me lleva|me trajo)",
        r"(?:me|nos|lo|la) (?:va a|van a|quiere|quieren|iba a|viene a|vienen a|amenaza con|amenazo con|trata de|trato de|juro que me va a) (?:matar|disparar|golpear|pegar|apunalar|lastimar|hacer dano|ahorcar|secuestrar|desaparecer|quemar|acuchillar|balacear)(?:me|nos)?",
        r"(?:quiere|quieren|va a|van a|amenaza con|amenazo con|dice que va a|jura que va a|viene a|intento|trato de|trata de) (?:matarme|matarnos|dispararme|golpearme|lastimarme|apunalarme|ahorcarme|secuestrarme|hacerme dano|pegarme|desaparecerme|quemarme)",
        r"(?:tiene|trae|saco|traen|con|me apunta con|carga) (?:una |un |la |el )?(?:pistola|cuchillo|arma|machete|navaja|rifle)",
        r"(?:me|nos) (?:esta|estan|viene|vienen|anda|andan|estaba) (?:siguiendo|persiguiendo|golpeando|pegando|ahorcando|atacando|buscando para|amenazando|apuntando|estrangulando)",
        r"(?:esta|estan|hay alguien|hay un hombre|ya llego|lo oigo) (?:afuera|en la puerta|tocando la puerta|tratando de entrar|rompiendo la puerta|golpeando la puerta)",
        r"(?:me|nos) (?:tiene|tienen|tenian|dejo|dejaron|encerro|encerraron) (?:encerrad\w+|amarrad\w+|secuestrad\w+|atrapad\w+|bajo llave|con llave|cautiv\w+)",
        r"(?:estoy|estamos|sigo) (?:encerrad\w+|atrapad\w+|escondid\w+|secuestrad\w+|amarrad\w+|en peligro|sangrando|herid\w+)",
        r"(?:me|nos) (?:secuestr\w+|encerro|encerraron|balearon|disparo|apunalo|acuchill\w+)",
        r"(?:ayudenme|ayudame|ayudeme|ayudanos|ayudenos|auxilio|socorro|^ayuda)(?: por favor| porfa\w*| porfis| xfa\w*| ya| rapido| urgente)?$",
        r"(?:ayudenme|ayudame|ayudeme|auxilio|socorro) (?:por favor|porfa\w*|xfa\w*|ya|me|nos|estoy|hay|el|que|rapido|urgente)",
        r"(?:necesito ayuda|ayuda) (?:urgente|ahora|ya|ahorita|rapido|por favor|inmediata)",
        r"(?:llam\w+|mand\w+|envi\w+) (?:a )?(?:la |una )?(?:policia|ambulancia|ayuda)(?: por favor| ya| rapido| ahora| porfa\w*)",
        r"(?:temo|miedo) (?:por|de perder) mi vida|mi vida (?:corre|esta en) peligro|corro peligro",
        r"ya viene(?: por mi| a matarme| para aca| y| de regreso| borracho)",
        r"(?:me|nos) (?:estan|esta) (?:llevando|subiendo) (?:a |en )",
        r"no (?:estoy|estamos|me siento|nos sentimos) (?:a salvo|segur\w+ (?:aqui|en|con|ahora|ahorita))",
        r"no (?:me siento|nos sentimos) segur\w+",
    ),
    "suicide": (
        rf"mi {_CLOSE} (?:\w+ ){{0,3}}(?:se quiere|quiere|dice que se va a|va a|amenaza con|intento|trato de) (?:matarse|suicidarse|quitarse la vida|matar\b)",
        rf"{_QUIERO} (?:\w+ )?(?:morir(?:me)?(?! de (?:risa|hambre|sueno|pena|calor|frio|verguenza))|matarme|suicidarme|estar muert\w+|quitarme la vida|acabar con (?:todo|mi vida|esto)|desaparecer|terminar con (?:todo|mi vida)|dejar de (?:vivir|existir)|ahorcarme|cortarme|hacerme dano|lastimarme|colgarme|no despertar|tirarme)",
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
        r"(?:me|nos) (?:viol[oa]|violaron|violan|esta violando|estan violando|abus\w+|forzo a|toco a la fuerza|toca (?:mis|las|en|por|cuando|abajo)|tocaba|toco (?:mis|las|en|por|cuando|abajo)|manose\w+|drogo|drogaron|penetro|obligo a (?:tener|hacer) (?:sexo|relaciones|cosas)|obliga a (?:tener|hacer) (?:sexo|relaciones|cosas))",
        r"(?:fui|he sido|estoy siendo|soy|fue una|sufri|sufri una|sufri de) (?:violad\w+|violacion|abusad\w+|abuso sexual|victima de (?:violacion|abuso|una violacion)|agredid\w+ sexual\w*)",
        r"(?:abus\w+|agred\w+) sexual\w* (?:de mi|contra mi|de nosotr\w+)|abuso de mi|abusaron de mi|abusa de mi",
        r"(?:trato de|intento|intentaron|queria|quiso|quiere) (?:violarme|abusar de mi|forzarme|violar)",
        r"(?:tuvo|tuvieron|tiene) (?:sexo|relaciones) conmigo (?:sin|aunque|cuando|mientras|a la fuerza|dormida|borracha)",
        r"(?:le dije que no|dije que no) y (?:no paro|siguio|lo hizo|de todos modos|aun asi|igual)",
        r"me (?:echaron|echo|puso|pusieron) algo en (?:la|mi) (?:bebida|copa|trago|vaso)",
    ),
    "domestic_violence": (
        rf"mi {_PARTNER} (?:\w+ ){{0,4}}(?:me|nos) (?:\w+ )?(?:pega|pego|golpea|golpeo|maltrata|maltrato|ahorca|ahorco|amenaza|amenazo|controla|insulta|empuja|empujo|quema|quemo|lastima|lastimo|cela|encierra|patea|pateo|jala|jalo|abofetea|cachetea|abusa|da miedo|corre|agrede|estrangul\w+|va a matar|quiere matar|quita)",
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
    r"(?:es|trabaja de|trabaja como|el es|era) (?:un )?(?:policia|oficial|sheriff|agente|alguacil)(?: de (?:la )?(?:migra|inmigracion|ice))?",
    r"(?:un|el|ese|la|dos|unos) (?:policias?|oficial|agente|sheriff)(?: de la migra| de inmigracion| de ice)? (?:me|nos|la|lo)? ?(?:violo|toco|pego|golpeo|amenaz\w+|abus\w+|oblig\w+|manose\w+|pide|pidio|quiere|esta)",
    r"(?:miedo|temo|temor) (?:a|de|a llamar a|de llamar a|llamar a) (?:la )?(?:policia|migra|ice|inmigracion)",
    r"(?:amigos?|familia|primo|hermano|compadre) (?:de |es |son |en )?(?:la |los )?policias?",
    rf"(?:la |los |un |una |unos |dos |el )?{_OFICIAL} (?:\w+ ){{0,3}}(?:me|nos) (?:\w+ )?(?:viol\w+|peg\w+|golpe\w+|abus\w+|amenaz\w+|toc\w+|oblig\w+|manose\w+|lastim\w+|extorsion\w+|acos\w+|persig\w+)",
    rf"(?:me|nos) (?:viol\w+|pego|pegaron|golpe\w+|amenaz\w+|toco|tocaron|oblig\w+|manose\w+|acos\w+) (?:un|una|el|la|unos|los|dos|ese) {_OFICIAL}",
    rf"(?:el|novio|esposo|marido|ex|pareja|papa|padrastro|hombre|tio|hermano|jefe|patron) (?:es|era) (?:de |del )?(?:la |el |un )?{_OFICIAL}",
    r"(?:trabaja|trabajan) (?:en|para|de) (?:la |el )?(?:policia|migra|911|sheriff|alguacil\w*|inmigracion|ice|carcel)",
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

TRADE_ES = (
    r"(?:vendo|vender|vendiendo|venden|vende|cambio|cambiar) (?:mi cuerpo|sexo|fotos|mis fotos|nudes|packs?|me|contenido)",
    r"(?:me vendo|me vende|me venden|me prostituy\w+|prostitu\w+|padrote|me ofrece\w*|me renta\w*|me explota\w*)",
    r"(?:sexo|relaciones|cosas|acostarme|acuesto|fotos) (?:\w+ ){0,3}(?:por|a cambio de|x) (?:dinero|lana|feria|comida|techo|un lugar|ropa|regalos|drogas?|donde|casa|ride)",
    r"(?:me paga|me pagan|me da|me dan|me ofrece|me ofrecio) (?:\w+ ){0,4}(?:por (?:sexo|fotos|tener|acostarme|hacer|estar|eso)|para (?:tener|que me acueste|fotos|acostarme))",
    r"(?:me pide|me piden|me pidio|quiere que (?:le )?mande|mandarle|le mande|me exige) (?:fotos|videos|nudes|el pack|mi pack|un pack)",
    r"(?:me obliga|me obligan|me hace|me hacen|me lleva|me llevan) (?:a |con )?(?:\w+ ){0,2}(?:hombres|senores|clientes|tener|acostarme|sexo|hacer)",
    r"(?:hombre|senor|novio|tipo|viejo) (?:mas )?(?:mayor|grande|viejo|adulto|de (?:2|3|4|5)\d)(?: \w+){0,8} (?:sexo|relaciones|fotos|dinero|regalos|acost\w+|toca)",
)

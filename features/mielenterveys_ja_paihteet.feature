# language: fi
@P03 @P04 @P16 @P18 @P26
Ominaisuus: Aikuisten mielenterveys, päihteet ja asuminen
  Viisi polkua, jotka kulkevat usein rinnakkain: kukaan ei jää niiden väliin.

  @P04
  Tapaus: Päihtynyt asiakas saa uuden ajan, ja hoito alkaa arviosta
    Oletetaan polku "Aikuisten mielenterveys- ja päihdehoidon aloitus"
    Ja yksikkö "Miepa" antaa palvelulupauksen
    Ja yksikön "Miepa" väki on
      | nimi          | ammatti                     | osaaminen | tehtävä       |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja |           |               |
      | Pekka Aho     | Päihdetyöntekijä            |           |               |
      | Outi Saari    | Päihdelääkäri               |           |               |
      | Liisa Korpela | Psykologi                   |           | esihenkilö    |
    Ja asiakas "Kari Virta", 41 v
    Kun asiakas "Kari Virta" soittaa ja "Salla Niemi" vastaa ma 11.1.2027 klo 9.00
    Ja "Salla Niemi" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Salla Niemi" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön" ja vastaa
      | Onko kotona alaikäisiä lapsia? | ei |
    Niin määräaika "Hoidon tarve arvioidaan samana päivänä" on pidetty
    Ja määräaika "23 vuotta täyttänyt saa hoitoa kolmessa kuukaudessa" päättyy su 11.4.2027 klo 24.00
    Kun "Salla Niemi" päättää askeleen "Rakenteinen arviokäynti" tulokseen "Asiakas oli päihtynyt, uusi aika" ke 13.1. klo 10.00
    Niin tavoite "Uusi arviokäynti kahdessa arkipäivässä" päättyy pe 15.1.2027 klo 24.00
    Ja tavoite "Rakenteinen arvio tehdään viikossa" on yhä käynnissä
    Kun "Salla Niemi" päättää askeleen "Rakenteinen arviokäynti" tulokseen "Tehty" to 14.1. klo 10.00
    Niin tavoite "Uusi arviokäynti kahdessa arkipäivässä" on pidetty
    Ja tavoite "Rakenteinen arvio tehdään viikossa" on pidetty
    Kun "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Päihdehoito"
    Niin askel "Hoitosuunnitelma" on avoinna

  @P04 @D-17
  Tapaus: Alle 23-vuotiaan terapiatakuu pitää vasta, kun terapian käynti on pidetty
    Oletetaan polku "Aikuisten mielenterveys- ja päihdehoidon aloitus"
    Ja yksikön "Miepa" väki on
      | nimi          | ammatti                     | osaaminen | tehtävä    |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja |           |            |
      | Tiina Laine   | Terapeutti                  |           |            |
      | Liisa Korpela | Psykologi                   |           | esihenkilö |
    Ja asiakas "Veera Salo", 21 v
    Kun asiakas "Veera Salo" soittaa ja "Salla Niemi" vastaa ma 11.1.2027 klo 9.00
    Ja "Salla Niemi" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Salla Niemi" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön" ja vastaa
      | Onko kotona alaikäisiä lapsia? | ei |
    Ja "Salla Niemi" päättää askeleen "Rakenteinen arviokäynti" tulokseen "Tehty" to 14.1. klo 10.00
    Niin määräaika "Terapiatakuu" ei ole alkanut
    Kun "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Lyhytpsykoterapia"
    Niin määräaika "Terapiatakuu" päättyy to 11.2.2027 klo 24.00
    Kun "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan ma 12.4.2027 ja jonka tavoitteet ovat
      | Nukun yöni |
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Salla Niemi" päättää askeleen "Hoitosuunnitelma" tulokseen "Sovittu" ja vastaa
      | Ohjattu omahoito | ei |
      | Lyhytpsykoterapia | kyllä |
      | Depressiohoitajan käynnit | ei |
      | Lääkehoidon arvio | ei |
      | Päihdehoito | ei tarvita |
      | Sosiaalityö rinnalle | ei |
    Niin askel "Lyhytpsykoterapia" on avoinna
    Ja askel "Katkaisuhoito" ei ole avoinna
    Ja määräaika "Terapiatakuu" on yhä käynnissä
    Kun "Tiina Laine" tapaa asiakkaan "Veera Salo" askeleessa "Lyhytpsykoterapia" ma 8.2. klo 10.00
    Niin määräaika "Terapiatakuu" on pidetty

  @P03
  Tapaus: Siirtymässä oleva nuori tavataan yhdessä ennen kuin hän täyttää 18
    Oletetaan polku "Nuorten aikuisten polku"
    Ja yksikkö "Nuoret aikuiset" antaa palvelulupauksen
    Ja yksikön "Nuoret aikuiset" väki on
      | nimi          | ammatti                     | osaaminen | tehtävä        |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja |           |                |
      | Sanna Aho     | Sosiaaliohjaaja             |           |                |
      | Liisa Korpela | Psykologi                   |           | esihenkilö     |
      | Heli Ranta    | Psykologi                   |           | vastuuhenkilö  |
    Ja asiakas "Oona Virta", syntynyt ti 14.4.2009
    Kun asiakas "Oona Virta" soittaa ja "Salla Niemi" vastaa ma 19.10.2026 klo 9.00
    Ja "Salla Niemi" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Salla Niemi" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön, tulee siirtona nuorten palveluista"
    Niin askel "Yhteistapaaminen siirtymässä" on avoinna
    Ja tavoite "Yhteistapaaminen ennen 18 vuoden ikää" päättyy ti 19.1.2027 klo 24.00
    Ja tavoite "Yhteistapaaminen kahdessa viikossa" ei ole alkanut
    Kun "Salla Niemi" päättää askeleen "Yhteistapaaminen siirtymässä" tulokseen "Asiakas ei saapunut" ma 26.10.2026 klo 10.00
    Niin tavoite "Yhteistapaaminen ennen 18 vuoden ikää" on yhä käynnissä
    Kun tulee ma 2.11.2026 klo 10.00
    Ja "Salla Niemi" päättää askeleen "Yhteistapaaminen siirtymässä" tulokseen "Pidetty" ja vastaa
      | Vastuutyöntekijä oli mukana | kyllä |
    Niin tavoite "Yhteistapaaminen ennen 18 vuoden ikää" on pidetty
    Ja askel "Voinnin arvio" on avoinna
    Ja askel "Elämäntilanteen arvio" on avoinna

  @P03 @D-17
  Tapaus: Kahdesti pois jäänyt saa etsivän työn eikä päättämistä
    Oletetaan polku "Nuorten aikuisten polku"
    Ja yksikön "Nuoret aikuiset" väki on
      | nimi          | ammatti                     | osaaminen | tehtävä    |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja |           |            |
      | Sanna Aho     | Sosiaaliohjaaja             |           |            |
      | Liisa Korpela | Psykologi                   |           | esihenkilö |
    Ja asiakas "Onni Lehto", 20 v
    Kun asiakas "Onni Lehto" soittaa ja "Salla Niemi" vastaa ma 11.1.2027 klo 9.00
    Ja "Salla Niemi" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Salla Niemi" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ma 25.1.2027 klo 24.00
    Kun "Salla Niemi" päättää askeleen "Voinnin arvio" tulokseen "Asiakas ei saapunut" to 14.1. klo 10.00
    Ja "Salla Niemi" päättää askeleen "Voinnin arvio" tulokseen "Jäi kahdesti pois" ma 18.1. klo 10.00
    Ja "Sanna Aho" päättää askeleen "Elämäntilanteen arvio" tulokseen "Jäi kahdesti pois"
    Ja "Salla Niemi" päättää askeleen "Yhteinen alkuarvio" tulokseen "Jäi kahdesti pois"
    Niin askel "Etsivä lähityö mukaan" on avoinna
    Ja määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" on yhä käynnissä

  @P16 @D-05
  Tapaus: Häätö tänään saa katon pään päälle ja asia jatkuu
    Oletetaan polku "Asumispalveluohjaus mielenterveys- ja päihdekuntoutujille"
    Ja yksikön "Asuminen" väki on
      | nimi          | ammatti                     | osaaminen | tehtävä    |
      | Anna Laine    | Asiakasohjaaja              |           |            |
      | Sari Aho      | Sosiaalityöntekijä          |           |            |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja |           |            |
      | Liisa Korpela | Sosiaaliohjaaja             |           | esihenkilö |
    Ja asiakas "Matti Salo", 52 v
    Kun asiakas "Matti Salo" soittaa ja "Anna Laine" vastaa ma 11.1.2027 klo 9.00
    Niin määräaika "Päätös tehdään ja pannaan toimeen kolmessa kuukaudessa" päättyy su 11.4.2027 klo 24.00
    Kun "Anna Laine" päättää askeleen "Hakemus tai lähete" tulokseen "Jatkuu"
    Ja "Anna Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Hoidetaan samana päivänä"
    Niin askel "Tilapäinen majoitus tänään" on avoinna
    Ja lupaus "Kiireellinen asia hoidetaan samana päivänä" päättyy ma 11.1.2027 klo 24.00
    Kun "Sari Aho" päättää askeleen "Tilapäinen majoitus tänään" tulokseen "Tilanne on vakaa" klo 15.00
    Niin lupaus "Kiireellinen asia hoidetaan samana päivänä" on pidetty
    Ja askel "Käynti kotona tai osastolla" on avoinna

  @P16 @D-05
  Tapaus: Hylätty paikka ei pudota jonosta, ja muutto pitää lain määräajan
    Oletetaan polku "Asumispalveluohjaus mielenterveys- ja päihdekuntoutujille"
    Ja yksikön "Asuminen" väki on
      | nimi          | ammatti                     | osaaminen | tehtävä    |
      | Anna Laine    | Asiakasohjaaja              |           |            |
      | Sari Aho      | Sosiaalityöntekijä          |           |            |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja |           |            |
      | Otto Ranta    | Asumisen ohjaaja            |           |            |
      | Liisa Korpela | Sosiaaliohjaaja             |           | esihenkilö |
    Ja asiakas "Anja Salo", 44 v
    Kun asiakas "Anja Salo" soittaa ja "Anna Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Anna Laine" päättää askeleen "Hakemus tai lähete" tulokseen "Jatkuu"
    Ja "Anna Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Sari Aho" päättää askeleen "Käynti kotona tai osastolla" tulokseen "Tehty" ma 18.1. klo 10.00
    Ja "Salla Niemi" päättää askeleen "Terveys ja toimintakyky" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Psykiatrin konsultaatio" tulokseen "Ei tarpeen"
    Ja "Sari Aho" päättää askeleen "Tutustuminen asumisyksiköihin" tulokseen "Tehty"
    Ja "Sari Aho" päättää askeleen "Asumisen tuen arviointi" tulokseen "Tarvitsee tukea asumiseen"
    Ja "Sari Aho" päättää askeleen "Asumisryhmän suositus" tulokseen "Yhteisöllinen asuminen" ke 20.1. klo 10.00
    Ja "Sari Aho" päättää askeleen "Päätös asumispalvelusta" tulokseen "Päätös tehty" pe 22.1. klo 10.00
    Niin määräaika "Päätös palvelusta" on pidetty
    Ja määräaika "Päätös tehdään ja pannaan toimeen kolmessa kuukaudessa" on yhä käynnissä
    Kun "Sari Aho" päättää askeleen "Paikan odotus" tulokseen "Paikka löytyi" ma 1.2. klo 10.00
    Ja "Sari Aho" päättää askeleen "Paikan tarjous" tulokseen "Ei ottanut tätä paikkaa, pysyy jonossa" to 4.2. klo 10.00
    Niin askel "Paikan odotus" on avoinna
    Kun "Sari Aho" päättää askeleen "Paikan odotus" tulokseen "Paikka löytyi" ma 15.2. klo 10.00
    Ja "Sari Aho" päättää askeleen "Paikan tarjous" tulokseen "Otti paikan vastaan"
    Ja "Sari Aho" päättää askeleen "Muutto" tulokseen "Muutti" ma 1.3. klo 12.00
    Niin määräaika "Päätös tehdään ja pannaan toimeen kolmessa kuukaudessa" on pidetty
    Ja askel "Suunnitelma asumiseen ja kuntoutumiseen" on avoinna

  @P18
  Tapaus: Riskikäytöstä neuvotaan heti ja seurataan kuukauden päästä
    Oletetaan polku "Alkoholin lyhytneuvonta"
    Ja yksikkö "Terveysasema" antaa palvelulupauksen
    Ja yksikön "Terveysasema" väki on
      | nimi          | ammatti          | osaaminen | tehtävä    |
      | Aino Laine    | Terveydenhoitaja |           |            |
      | Liisa Korpela | Sairaanhoitaja   |           | esihenkilö |
    Ja asiakas "Pekka Ranta", 47 v
    Kun asiakas "Pekka Ranta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Aino Laine" päättää askeleen "Puheeksiotto" tulokseen "Käyttö on koholla" klo 9.20
    Ja "Aino Laine" päättää askeleen "AUDIT-kysely" tulokseen "Lyhytneuvonta"
    Ja "Aino Laine" päättää askeleen "Lyhytneuvonta" tulokseen "Tehty" klo 9.40
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Kun "Aino Laine" kirjaa suunnitelman, joka tarkistetaan ma 12.4.2027 ja jonka tavoitteet ovat
      | Kaksi annosta lauantaisin |
    Ja "Aino Laine" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Aino Laine" päättää askeleen "Oma suunnitelma" tulokseen "Sovittu"
    Ja "Aino Laine" päättää askeleen "Omahoito" tulokseen "Tehty"
    Niin askel "Seurantasoitto kuukauden kuluttua" odottaa päivää ke 10.2.2027
    Ja tavoite "Ensimmäinen seuranta noin kuukauden kuluttua" päättyy ma 15.2.2027 klo 24.00
    Kun "Aino Laine" yrittää tavoittaa asiakkaan "Pekka Ranta" ke 10.2. klo 10.00
    Niin tavoite "Ensimmäinen seuranta noin kuukauden kuluttua" on yhä käynnissä
    Kun "Aino Laine" päättää askeleen "Seurantasoitto kuukauden kuluttua" tulokseen "Käyttö on vähentynyt" pe 12.2. klo 10.00
    Niin tavoite "Ensimmäinen seuranta noin kuukauden kuluttua" on pidetty
    Ja askel "Seurantasoitto kolmen kuukauden kuluttua" odottaa päivää ti 13.4.2027

  @P26
  Tapaus: Etsivä työ vastaa, kunnes asiakas on kiinni palvelussa
    Oletetaan polku "Etsivä lähityö"
    Ja yksikkö "Etsivä työ" antaa palvelulupauksen
    Ja yksikön "Etsivä työ" väki on
      | nimi          | ammatti             | osaaminen | tehtävä    |
      | Elli Laine    | Etsivän työn tekijä |           |            |
      | Liisa Korpela | Sosiaaliohjaaja     |           | esihenkilö |
    Ja asiakas "Ville Moisio", 27 v
    Kun ammattilainen ilmoittaa asiakkaasta "Ville Moisio" ja "Elli Laine" kirjaa ilmoituksen ma 11.1.2027 klo 9.00
    Niin tavoite "Ensimmäinen yritys kahdessa arkipäivässä huolesta" päättyy ke 13.1.2027 klo 24.00
    Kun "Elli Laine" päättää askeleen "Huoli vastaan" tulokseen "Jatkuu"
    Ja "Elli Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin tavoite "Ensimmäinen yritys kahdessa arkipäivässä huolesta" on yhä käynnissä
    Kun "Elli Laine" ottaa asian vastuulleen
    Ja "Elli Laine" päättää askeleen "Etsiminen ja tavoittaminen" tulokseen "Ei tavoitettu" ti 12.1. klo 18.00
    Niin tavoite "Ensimmäinen yritys kahdessa arkipäivässä huolesta" on pidetty
    Kun "Elli Laine" päättää askeleen "Etsiminen ja tavoittaminen" tulokseen "Tavoitettu" to 14.1. klo 18.00
    Ja "Elli Laine" päättää askeleen "Tutustuminen nimettömänä" tulokseen "On valmis kertomaan nimensä" to 21.1. klo 18.00
    Niin askel "Lupa ja nimi" on avoinna
    Kun "Elli Laine" päättää askeleen "Lupa ja nimi" tulokseen "Antoi luvan" ja vastaa
      | Asiakkaan suostumus on kirjattu | kyllä |
    Ja "Elli Laine" päättää askeleen "Mitä apua tarvitset" tulokseen "Mielenterveys- ja päihdehoitoon" pe 22.1. klo 10.00
    Ja "Elli Laine" aloittaa askeleen "Saattaen mielenterveys- ja päihdehoitoon"
    Ja "Elli Laine" päättää askeleen "Saattaen mielenterveys- ja päihdehoitoon" tulokseen "Vastaanotettu" ma 25.1. klo 10.00
    Niin vastuutyöntekijä on "Elli Laine"
    Ja askel "Kiinnittyminen palveluun" odottaa päivää su 21.2.2027

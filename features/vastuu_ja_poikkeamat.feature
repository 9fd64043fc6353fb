# language: fi
Ominaisuus: Vastuu ja poikkeamat
  Joka hetki joku vastaa. Elämä ei odota polkua: sairastuminen, muutto, vaara tai hiljaisuus hoidetaan samalla tavalla
  missä askelessa tahansa.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut" antaa palvelulupauksen
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä       |
      | Aino Laine    | Sairaanhoitaja              |               |               |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |               |
      | Liisa Korpela | Terveydenhoitaja            |               | esihenkilö    |
      | Heli Ranta    | Terveydenhoitaja            |               | vastuuhenkilö |

  @S14 @E11
  Tapaus: Sijainen vastaa, kun työntekijä sairastuu
    Oletetaan "Veera Kangas" on "Psykologi" yksikössä "Nuorten palvelut"
    Ja asiakas "Miro Haapala", 15 v
    Kun asiakas "Miro Haapala" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin vastuutyöntekijä on "Salla Niemi"
    Kun "Salla Niemi" on poissa ti 12.1.2027 – ma 18.1.2027, sijaisena "Veera Kangas" ti 12.1. klo 7.00
    Niin vastuutyöntekijä on "Salla Niemi"
    Ja sijaisena on "Veera Kangas"
    Ja "Veera Kangas" näkee asian
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 18.1.2027 klo 24.00

  @S16 @E12
  Tapaus: Yksikkö vaihtuu eikä kello katkea
    Oletetaan yksikkö "Espoon nuoret" antaa palvelulupauksen
    Ja "Maija Tuomi" on "Psykiatrinen sairaanhoitaja" yksikössä "Espoon nuoret"
    Ja "Maija Tuomi" osaa menetelmän "IPC-menetelmä"
    Ja asiakas "Sampo Virkki", 15 v
    Kun asiakas "Sampo Virkki" soittaa ja "Aino Laine" vastaa ma 18.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" ehdottaa asian siirtoa yksikköön "Espoon nuoret" klo 11.00
    Niin vastuutyöntekijä on "Salla Niemi"
    Kun "Maija Tuomi" hyväksyy siirron ke 20.1. klo 9.00
    Niin vastuutyöntekijä puuttuu ja asia on yksikön "Espoon nuoret" jonossa
    Kun "Maija Tuomi" ottaa asian vastuulleen klo 9.05
    Niin vastuutyöntekijä on "Maija Tuomi"
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 25.1.2027 klo 24.00
    Ja määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ma 1.2.2027 klo 24.00
    Kun kukaan ei tee mitään ti 26.1. klo 8.00 mennessä
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" ei pitänyt
    Ja lupauksen "Tarvittaessa palvelu alkaa viikon sisällä" ylitys kirjautui yksikölle "Espoon nuoret"

  @S23 @E9
  Tapaus: Vaara pitää asian avoinna kaksi viikkoa
    Oletetaan asiakas "Aleksi Korpi", 16 v
    Kun asiakas "Aleksi Korpi" soittaa kiireellisessä asiassa ja "Aino Laine" vastaa su 7.2.2027 klo 2.14
    Ja "Aino Laine" kirjaa tapahtuman "Itsetuhoisuus tai välitön vaara"
    Niin lupaus "Soitto samana päivänä" päättyy su 7.2.2027 klo 24.00
    Ja lupaus "Jatkoyhteys 24 tunnissa" päättyy ma 8.2.2027 klo 2.14
    Ja lupaus "Jatkoyhteys 72 tunnissa" päättyy ke 10.2.2027 klo 2.14
    Ja askel "Jatkoyhteys 24 tunnissa" on avoinna
    Kun "Aino Laine" päättää askeleen "Jatkoyhteys 24 tunnissa" tulokseen "Tavoitettu" klo 20.00
    Niin lupaus "Jatkoyhteys 24 tunnissa" on pidetty
    Mutta lupaus "Jatkoyhteys 72 tunnissa" on yhä käynnissä
    Kun "Liisa Korpela" päättää asian tulokseen "Asia ratkaistu" ma 15.2. klo 10.00
    Niin se ei onnistu, koska "vaara on kirjattu"

  @S23 @E9
  Tapaus: Kun vaaraan ei vastata, päivystävä esihenkilö saa hälytyksen
    Oletetaan asiakas "Nea Sarkola", 16 v
    Kun asiakas "Nea Sarkola" soittaa kiireellisessä asiassa ja "Aino Laine" vastaa ti 9.2.2027 klo 14.00
    Ja "Aino Laine" kirjaa tapahtuman "Itsetuhoisuus tai välitön vaara"
    Ja kukaan ei tee mitään klo 14.31 mennessä
    Niin "Liisa Korpela" saa hälytyksen: lupaus "Soitto samana päivänä" ti 9.2.2027 klo 14.30

  @S17 @E13
  Tapaus: Puolen vuoden sisällä palaava jatkaa samassa asiassa
    Oletetaan asiakas "Ronja Paasi", 15 v
    Kun asiakas "Ronja Paasi" soittaa ja "Aino Laine" vastaa ma 12.10.2026 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Ratkaistu yhteydenotossa"
    Niin asia on päättynyt tulokseen "Asia ratkaistu"
    Kun asiakas "Ronja Paasi" soittaa ja "Aino Laine" vastaa ma 8.2.2027 klo 9.00
    Niin asia on uudessa jaksossa 2
    Ja asia on avoinna
    Ja lupaus "Käsittely alkaa samana päivänä" päättyy ma 8.2.2027 klo 24.00
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 15.2.2027 klo 24.00

  @S17 @E13
  Tapaus: Yli puolen vuoden kuluttua syntyy uusi asia
    Oletetaan asiakas "Juho Kivelä", 15 v
    Kun asiakas "Juho Kivelä" soittaa ja "Aino Laine" vastaa ma 12.10.2026 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Ratkaistu yhteydenotossa"
    Kun asiakas "Juho Kivelä" soittaa ja "Aino Laine" vastaa ti 13.4.2027 klo 9.00
    Niin asia on uusi ja liittyy edelliseen

  @S19
  Tapaus: Palautetun konsultaation vastausaika lasketaan täydennyksestä
    Oletetaan "Tapani Holm" on "Nuorisopsykiatri" organisaatiossa "HUS"
    Ja asiakas "Enni Vuorela", 16 v
    Kun asiakas "Enni Vuorela" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 8.30
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" klo 9.30
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Pyydetään konsultaatio"
    Ja "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC tähän tilanteeseen?"
    Niin tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" päättyy to 14.1.2027 klo 24.00
    Ja vastuutyöntekijä on "Salla Niemi"
    Kun "Tapani Holm" palauttaa konsultaation täydennettäväksi: "Mitä lääkkeitä nuorella on?" ti 12.1. klo 10.00
    Ja "Salla Niemi" täydentää konsultaatiota: "Ei lääkkeitä." ke 13.1. klo 9.00
    Niin tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" päättyy ma 18.1.2027 klo 24.00
    Kun "Tapani Holm" vastaa konsultaatioon: "Sopii hyvin." to 14.1. klo 12.00
    Niin tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" on pidetty
    Ja vastuutyöntekijä on "Salla Niemi"

  @S26 @E1
  Tapaus: Tavoittamattoman asiaa ei päätetä ennen yrityksiä ja hyväksyntöjä
    Oletetaan asiakas "Saana Raitio", 16 v
    Kun asiakas "Saana Raitio" lähettää viestin ma 11.1.2027 klo 9.00
    Ja "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Puhelin" klo 10.00
    Ja "Liisa Korpela" päättää asian tulokseen "Ei tavoitettu" klo 11.00
    Niin se ei onnistu, koska "Asiakkuutta ei voi vielä päättää"
    Kun "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Puhelin" ti 12.1. klo 10.00
    Ja "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Chat" to 14.1. klo 10.00
    Ja tulee ti 2.2. klo 9.00
    Niin asia on avoinna

  @S26 @E1
  Tapaus: Erityistä tukea tarvitsevan asia ei pääty itsestään
    Oletetaan asiakas "Onni Kettunen", 16 v
    Kun asiakas "Onni Kettunen" lähettää viestin ma 11.1.2027 klo 9.00
    Ja "Aino Laine" kirjaa asiakkaasta "Onni Kettunen" tiedon "tarvitsee erityistä tukea (SHL 3 §)" klo 9.30
    Ja "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Puhelin" klo 10.00
    Ja "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Puhelin" ti 12.1. klo 10.00
    Ja "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Chat" to 14.1. klo 10.00
    Ja kukaan ei tee mitään ma 1.3. klo 9.00 mennessä
    Niin asia on avoinna
    Kun "Liisa Korpela" aloittaa askeleen "Miten asiakas tavoitetaan"
    Niin tavoite "Tavoite: Miten asiakas tavoitetaan" päättyy ke 3.3.2027 klo 24.00
    Kun "Liisa Korpela" päättää askeleen "Miten asiakas tavoitetaan" tulokseen "Kotikäynti" ti 2.3. klo 9.00
    Niin asia on avoinna

  @E5
  Tapaus: Kuolema pysäyttää kaikki kellot heti
    Oletetaan asiakas "Joonas Erola", 17 v
    Kun asiakas "Joonas Erola" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" kirjaa tapahtuman "Asiakas kuolee" ti 12.1. klo 6.10
    Niin asia on päättynyt tulokseen "Asiakas on kuollut"
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on peruttu
    Ja tavoite "Asiakas saa palautekyselyn" ei ole alkanut

  @E3
  Tapaus: Kieltäytyminen päättää asian vasta vastuutyöntekijän hyväksynnällä
    Oletetaan asiakas "Meri Lounas", 16 v
    Kun asiakas "Meri Lounas" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" kirjaa tapahtuman "Asiakas kieltäytyy"
    Niin asia on avoinna

  @D-20
  Tapaus: Huoli lapsesta käynnistää lastensuojeluilmoituksen ajan
    Oletetaan asiakas "Kaapo Jokela", 15 v
    Kun asiakas "Kaapo Jokela" soittaa ja "Aino Laine" vastaa la 5.12.2026 klo 20.00
    Ja "Aino Laine" kirjaa tapahtuman "Huoli lapsesta"
    Niin määräaika "Lastensuojeluilmoitus tehdään viipymättä" päättyy la 5.12.2026 klo 22.00
    Kun "Aino Laine" kirjaa tapahtuman "Lastensuojeluilmoitus tehty" klo 20.40
    Niin määräaika "Lastensuojeluilmoitus tehdään viipymättä" on pidetty

  @S23 @E9
  Tapaus: Vastaus itsensä vahingoittamisesta käynnistää avun itsestään
    Oletetaan asiakas "Elias Harju", 16 v
    Kun asiakas "Elias Harju" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" ja vastaa ke 13.1. klo 10.00
      | PHQ-9:n kohta 9 (ajatukset itsensä vahingoittamisesta) | 2 |
    Niin askel "Jatkoyhteys 24 tunnissa" on avoinna
    Ja lupaus "Soitto samana päivänä" päättyy ke 13.1.2027 klo 24.00
    Ja lupaus "Kiireellinen asia hoidetaan samana päivänä" päättyy ke 13.1.2027 klo 24.00
    Kun "Liisa Korpela" päättää asian tulokseen "Asia ratkaistu" ma 25.1. klo 10.00
    Niin se ei onnistu, koska "Asiakkuutta ei voi vielä päättää"

  @E10
  Tapaus: Turvakielto rajaa näkyvyyden heti, kun se kerrotaan
    Oletetaan asiakas "Lotta Vehmas", 15 v
    Kun asiakas "Lotta Vehmas" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" ottaa asian vastuulleen
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" ja vastaa
      | Turvakielto tai väkivallan uhka | kyllä |
    Niin "Aino Laine" näkee asian
    Ja "Salla Niemi" ei näe asiaa

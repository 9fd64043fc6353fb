# language: fi
@E1 @E5 @E6 @E8 @E9 @E13
Ominaisuus: Elämän tapahtumat
  Asiakas vaihtaa kieltä, palaa, kuolee, täyttää 18 tai jää tavoittamatta. Kukin tapahtuma tekee saman kaikilla
  poluilla.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut" antaa palvelulupauksen
    Ja yksikön "Nuorten palvelut" ruotsinkielinen jono on yksikössä "Svenska tjänster"
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | kielet         | tehtävä       |
      | Aino Laine    | Sairaanhoitaja              |               | suomi          |               |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä | suomi          |               |
      | Liisa Korpela | Terveydenhoitaja            |               | suomi, ruotsi  | esihenkilö    |
      | Heli Ranta    | Terveydenhoitaja            |               | suomi          | vastuuhenkilö |
    Ja "Gun Backman" on "Psykologi" yksikössä "Svenska tjänster"
    Ja "Gun Backman" palvelee myös ruotsiksi
    Ja asiakas "Oona Virta", 15 v

  @S15 @E8
  Tapaus: Ruotsinkieliseen palveluun pääsee samana päivänä alueen jonon kautta
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Niin vastuutyöntekijä on "Salla Niemi"
    Kun "Salla Niemi" vaihtaa asian kieleksi ruotsin klo 10.00
    Niin vastuutyöntekijä puuttuu ja asia on yksikön "Svenska tjänster" jonossa
    Ja "Liisa Korpela" saa ilmoituksen "Asiakkaan kielellä palvelevaa työntekijää ei löytynyt"
    Ja "Gun Backman" näkee asian
    Ja asiakkaalle kerrotaan askeleesta "Hoidon tarpeen arviointi": "Vi"
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 18.1.2027 klo 24.00

  @S15 @E8
  Tapaus: Toive ruotsinkielisestä palvelusta hoidetaan samana päivänä
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Salla Niemi" kirjaa tapahtuman "Asiakas haluaa palvelun ruotsiksi" klo 10.00
    Niin vastuutyöntekijä puuttuu ja asia on yksikön "Svenska tjänster" jonossa
    Ja tavoite "Ruotsinkielinen palvelu järjestetään samana päivänä" päättyy ma 11.1.2027 klo 24.00
    Kun "Gun Backman" ottaa asian vastuulleen klo 13.00
    Niin vastuutyöntekijä on "Gun Backman"
    Ja tavoite "Ruotsinkielinen palvelu järjestetään samana päivänä" on pidetty

  @S15 @E8
  Tapaus: Suomenkielistä työntekijää ei nimetä ruotsiksi asioivalle ilman suostumusta
    Oletetaan asiakas "Saga Lind", 16 v
    Ja asiakas "Saga Lind" asioi ruotsiksi
    Kun asiakas "Saga Lind" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Niin vastuutyöntekijä puuttuu ja asia on yksikön "Nuorten palvelut" jonossa
    Kun "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Niin se ei onnistu, koska "ei palvele"

  @S17 @E13
  Tapaus: Palaavan asiakkaan vanha suunnitelma on luonnoksena ja työntekijä sama
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ti 1.9.2026 klo 9.00
    Ja "Salla Niemi" vie asian askeleeseen "Asiakassuunnitelma" ma 7.9. klo 9.00
    Ja "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan ti 1.12.2026 ja jonka tavoitteet ovat
      | Nukun yöni |
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Salla Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Asiakas kieltäytyi" ma 12.10.2026 klo 10.00
    Niin asia on päättynyt tulokseen "Asiakas kieltäytyi"
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 8.2.2027 klo 9.00
    Niin asia on uudessa jaksossa 2
    Ja suunnitelman tila on "luonnos"
    Ja suunnitelman tavoite on "Nukun yöni"
    Ja lupaus "Käsittely alkaa samana päivänä" päättyy ma 8.2.2027 klo 24.00
    Kun "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Niin vastuutyöntekijä on "Salla Niemi"

  @S21 @E5
  Tapaus: Kuoleman jälkeen yksikään kello tai viesti ei jää käyntiin
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Salla Niemi" kirjaa tapahtuman "Asiakas kuolee" ti 12.1. klo 6.10
    Niin asia on päättynyt tulokseen "Asiakas on kuollut"
    Ja yksikään kello ei käy
    Kun kukaan ei tee mitään ma 1.3. klo 9.00 mennessä
    Niin "Salla Niemi" ei saa ilmoitusta
    Ja "Liisa Korpela" ei saa ilmoitusta
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" ei ole ylittynyt

  @S22 @E6
  Tapaus: Kahdeksantoista täyttävän huoltaja ei enää saa tietoja
    Oletetaan asiakas "Iida Salmela", syntynyt 14.4.2009
    Kun asiakas "Iida Salmela" soittaa ja "Aino Laine" vastaa ma 12.4.2027 klo 9.00
    Ja "Aino Laine" kirjaa asiakkaasta "Iida Salmela" tiedon "huoltajalle saa kertoa"
    Niin asiakkaasta on tieto "huoltajalle saa kertoa"
    Kun kukaan ei tee mitään ti 13.4. klo 23.59 mennessä
    Niin asiakkaasta on tieto "huoltajalle saa kertoa"
    Kun tulee ke 14.4. klo 0.01
    Niin asiakkaasta ei ole tietoa "huoltajalle saa kertoa"
    Ja asia on avoinna
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" ylittyi

  @S23 @E9
  Tapaus: Vaarasta kerrotaan heti, ja hiljaisuus hälyttää päivystävän esihenkilön
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa su 7.2.2027 klo 2.10
    Ja "Aino Laine" kirjaa tapahtuman "Itsetuhoisuus tai välitön vaara" klo 2.14
    Niin tapahtumasta "Itsetuhoisuus tai välitön vaara" kerrotaan asiakkaalle "112"
    Ja lupaus "Soitto samana päivänä" päättyy su 7.2.2027 klo 24.00
    Kun kukaan ei tee mitään klo 2.43 mennessä
    Niin "Liisa Korpela" ei saa ilmoitusta
    Kun kukaan ei tee mitään klo 2.44 mennessä
    Niin "Liisa Korpela" saa ilmoituksen "Asiaan ei ole reagoitu"

  @S23 @E9
  Tapaus: Soitto rauhoittaa hälytyksen
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa su 7.2.2027 klo 2.10
    Ja "Aino Laine" kirjaa tapahtuman "Itsetuhoisuus tai välitön vaara" klo 2.14
    Ja "Aino Laine" soittaa asiakkaalle "Oona Virta" klo 2.20
    Niin lupaus "Soitto samana päivänä" on pidetty, kesto 6 minuuttia
    Kun kukaan ei tee mitään klo 3.00 mennessä
    Niin "Liisa Korpela" ei saa ilmoitusta
    Kun kukaan ei tee mitään ma 8.2. klo 2.14 mennessä
    Niin "Liisa Korpela" saa hälytyksen: lupaus "Jatkoyhteys 24 tunnissa" su 7.2.2027 klo 21.26
    Ja lupaus "Jatkoyhteys 24 tunnissa" ei ole ylittynyt
    Kun tulee klo 2.15
    Niin lupaus "Jatkoyhteys 24 tunnissa" ei pitänyt
    Ja "Heli Ranta" saa hälytyksen: lupaus "Jatkoyhteys 24 tunnissa"

  @S26 @E1
  Tapaus: Kolmen yrityksen jälkeen lähtee kirje, ja esihenkilö päättää kolmen viikon kuluttua
    Kun asiakas "Oona Virta" lähettää viestin yksikköön "Nuorten palvelut" ma 11.1.2027 klo 9.00
    Ja "Aino Laine" ottaa asian vastuulleen
    Ja "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Puhelin" klo 10.00
    Ja "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Puhelin" ti 12.1. klo 10.00
    Niin "Aino Laine" ei saa ilmoitusta "Lähetä asiakkaalle kirje"
    Kun "Aino Laine" kirjaa, ettei asiakas vastaa kanavassa "Chat" to 14.1. klo 10.00
    Niin "Aino Laine" saa ilmoituksen "Lähetä asiakkaalle kirje"
    Kun kukaan ei tee mitään ti 2.2. klo 9.00 mennessä
    Niin asia on avoinna
    Ja "Liisa Korpela" saa ilmoituksen "Asiakasta ei ole tavoitettu: päätä, miten jatketaan"
    Kun "Aino Laine" hyväksyy asian päättämisen tulokseen "Ei tavoitettu"
    Ja "Liisa Korpela" päättää asian tulokseen "Ei tavoitettu"
    Niin asia on päättynyt tulokseen "Ei tavoitettu"
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on peruttu

  @E3
  Tapaus: Kieltäytyneen asia päättyy, kun vastuutyöntekijä hyväksyy
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Aino Laine" kirjaa tapahtuman "Asiakas kieltäytyy"
    Niin asia on avoinna
    Ja "Salla Niemi" saa ilmoituksen "Päättäminen odottaa hyväksyntääsi"
    Kun "Salla Niemi" päättää asian tulokseen "Asiakas kieltäytyi"
    Niin asia on päättynyt tulokseen "Asiakas kieltäytyi"
    Ja yksikään kello ei käy paitsi "Asiakas saa palautekyselyn"

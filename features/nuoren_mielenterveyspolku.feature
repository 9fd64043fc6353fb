# language: fi
@P02
Ominaisuus: Nuoren mielenterveyspolku
  Nuori saa apua ilman huoltajaa ja ilman lähetettä. Lain määräajat lasketaan siitä päivästä, jona tarve todettiin,
  ja oma työntekijä pysyy mukana, vaikka hoito olisi muualla.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut" antaa palvelulupauksen
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen          | tehtävä       |
      | Aino Laine    | Sairaanhoitaja              |                    |               |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä      |               |
      | Liisa Korpela | Terveydenhoitaja            |                    | esihenkilö    |
      | Outi Saari    | Lääkäri                     |                    |               |
      | Timo Aho      | Terapiakoordinaattori       |                    |               |
      | Heli Ranta    | Terveydenhoitaja            |                    | vastuuhenkilö |

  @S01 @D-10 @M068
  Tapaus: Sairaanhoitajan arvio pitää sekä lupauksen että lain määräajan
    Oletetaan että asiakas "Oona Virta", 15 v
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ti 1.12.2026 klo 9.12
    Niin lupaus "Käsittely alkaa samana päivänä" on yhä käynnissä
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" päättyy ti 1.12.2026 klo 24.00
    Kun "Aino Laine" kirjaa arvion asiakkaasta "Oona Virta" klo 10.05
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty, kesto 53 minuuttia
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" on pidetty
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" perustuu lakiin "Terveydenhuoltolaki 51 §"

  @D-10
  Tapaus: Yksi tavoitteluyritys pysäyttää lupauksen mutta ei lain määräaikaa
    Oletetaan asiakas "Onni Lehto", 16 v
    Kun asiakas "Onni Lehto" lähettää viestin ti 1.12.2026 klo 9.00
    Ja "Aino Laine" yrittää tavoittaa asiakkaan "Onni Lehto" klo 9.40
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty
    Mutta määräaika "Hoidon tarve arvioidaan samana päivänä" on yhä käynnissä
    Kun kukaan ei vastaa ke 2.12. klo 0.01 mennessä
    Niin määräaika "Hoidon tarve arvioidaan samana päivänä" ylittyi

  @D-10
  Tapaus: Yöllä tullut viesti arvioidaan seuraavana aukiolopäivänä
    Oletetaan asiakas "Elli Moisio", 14 v
    Kun asiakas "Elli Moisio" lähettää viestin pe 4.12.2026 klo 23.40
    Niin määräaika "Hoidon tarve arvioidaan samana päivänä" lasketaan alkaen ma 7.12.2026 klo 8.00
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" päättyy ma 7.12.2026 klo 24.00
    Ja lupaus "Käsittely alkaa samana päivänä" päättyy ma 7.12.2026 klo 24.00

  @S10 @D-17
  Tapaus: Terapiatakuun 28 päivää alkaa, kun hoidoksi valitaan IPC
    Oletetaan asiakas "Veera Salo", 16 v
    Kun asiakas "Veera Salo" soittaa ja "Aino Laine" vastaa to 28.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" ma 1.2.2027 klo 10.00
    Niin määräaika "Terapiatakuu" ei ole alkanut
    Kun "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Niin määräaika "Terapiatakuu" päättyy ma 1.3.2027 klo 24.00
    Kun kukaan ei tee mitään ma 1.3. klo 23.59 mennessä
    Niin määräaika "Terapiatakuu" ei ole ylittynyt
    Kun tulee ti 2.3. klo 0.01
    Niin määräaika "Terapiatakuu" ylittyi
    Ja määräaika "Terapiatakuu" ylitys kirjautui yksikölle "Nuorten palvelut"

  @D-17
  Tapaus: Ohjattu omahoito ei käynnistä terapiatakuuta
    Oletetaan asiakas "Emil Aalto", 15 v
    Kun asiakas "Emil Aalto" soittaa ja "Aino Laine" vastaa ma 1.2.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjattu omahoito"
    Niin määräaika "Terapiatakuu" ei ole alkanut
    Ja askel "Asiakassuunnitelma" on avoinna

  @S08 @D-11
  Tapaus: Hoitotakuu pysyy samana, vaikka nuori täyttää 23 kesken
    Oletetaan asiakas "Kaisa Holm", syntynyt 12.1.2004
    Kun asiakas "Kaisa Holm" soittaa ja "Aino Laine" vastaa ti 5.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ti 19.1.2027 klo 24.00
    Kun kukaan ei tee mitään ma 18.1. klo 9.00 mennessä
    Niin määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ti 19.1.2027 klo 24.00
    Ja määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" ei ole ylittynyt

  @D-11
  Tapaus: Ensimmäinen tapaaminen pitää hoitotakuun ja viikkolupauksen
    Oletetaan asiakas "Siiri Koski", 15 v
    Kun asiakas "Siiri Koski" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 18.1.2027 klo 24.00
    Kun "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" to 14.1. klo 13.00
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Ja määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" on pidetty

  @S09 @D-12
  Tapaus: Nuori pääsee lääkärille seitsemässä päivässä, varattu aika ei riitä
    Oletetaan asiakas "Aaro Pelto", 17 v
    Kun asiakas "Aaro Pelto" soittaa ja "Aino Laine" vastaa ke 13.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" klo 13.00
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Lääkärin arvio tarvitaan"
    Niin määräaika "Alle 23-vuotias pääsee lääkärille 7 vuorokaudessa" päättyy ke 20.1.2027 klo 24.00
    Kun "Salla Niemi" soittaa asiakkaalle "Aaro Pelto" pe 15.1. klo 10.00
    Niin määräaika "Alle 23-vuotias pääsee lääkärille 7 vuorokaudessa" on yhä käynnissä
    Kun "Outi Saari" päättää askeleen "Lääkärin arvio" tulokseen "Tehty" ke 20.1. klo 15.00
    Niin määräaika "Alle 23-vuotias pääsee lääkärille 7 vuorokaudessa" on pidetty
    Ja askel "Hoitomuodon valinta" on avoinna

  Tapaus: Vastuutyöntekijä vaihtuu, kun arvio alkaa, eikä kello katkea
    Oletetaan asiakas "Minea Vuori", 15 v
    Kun asiakas "Minea Vuori" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Niin vastuutyöntekijä puuttuu ja asia on yksikön "Nuorten palvelut" jonossa
    Kun "Aino Laine" ottaa asian vastuulleen
    Niin vastuutyöntekijä on "Aino Laine"
    Kun "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin vastuutyöntekijä on "Salla Niemi"
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 18.1.2027 klo 24.00
    Ja omatyöntekijää ei ole nimetty

  Tapaus: Sairaanhoitajaa ei voi nimetä omatyöntekijäksi
    Oletetaan asiakas "Luka Heino", 15 v
    Kun asiakas "Luka Heino" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Liisa Korpela" nimeää omatyöntekijäksi "Salla Niemi"
    Niin se ei onnistu, koska "ammatti ei sovi tähän tehtävään"
    Ja omatyöntekijää ei ole nimetty

  Tapaus: Kiireellinen tapaus tavataan samana päivänä eikä lupaus odota aukioloa
    Oletetaan asiakas "Nella Kari", 16 v
    Kun asiakas "Nella Kari" soittaa ja "Aino Laine" vastaa la 5.12.2026 klo 21.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Hoidetaan samana päivänä"
    Niin lupaus "Kiireellinen asia hoidetaan samana päivänä" päättyy la 5.12.2026 klo 24.00
    Ja askel "Kiireellinen tapaaminen" on avoinna
    Kun "Salla Niemi" päättää askeleen "Kiireellinen tapaaminen" tulokseen "Tilanne on vakaa" klo 22.30
    Niin lupaus "Kiireellinen asia hoidetaan samana päivänä" on pidetty
    Ja askel "Hoidon tarpeen arviointi" on avoinna

  Tapaus: Päivystyksen vastaanotto pitää kiireellisen lupauksen
    Oletetaan asiakas "Joel Niittynen", 16 v
    Kun asiakas "Joel Niittynen" soittaa kiireellisessä asiassa ja "Aino Laine" vastaa ti 1.12.2026 klo 14.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Hätä – päivystykseen nyt"
    Ja "Aino Laine" päättää askeleen "Saattaen siirto päivystykseen" tulokseen "Vastaanotettu" klo 15.10
    Niin lupaus "Kiireellinen asia hoidetaan samana päivänä" on pidetty
    Ja askel "Soitto päivystyksen jälkeen" on avoinna
    Ja tavoite "Tavoite: Soitto päivystyksen jälkeen" päättyy ke 2.12.2026 klo 15.10

  @D-16
  Tapaus: Lähetteen jälkeen erikoissairaanhoidon arvio kuudessa viikossa
    Oletetaan asiakas "Vilho Saarela", 16 v
    Kun asiakas "Vilho Saarela" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" klo 12.00
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Erikoissairaanhoitoon kiireettömästi"
    Ja "Salla Niemi" aloittaa askeleen "Lähete nuorisopsykiatriaan"
    Niin määräaika "Nuoren arvio erikoissairaanhoidossa kuudessa viikossa" päättyy ma 22.2.2027 klo 24.00
    Kun "Salla Niemi" päättää askeleen "Lähete nuorisopsykiatriaan" tulokseen "Vastaanotettu" ke 13.1. klo 9.00
    Niin askel "Yhteys erikoissairaanhoidon aikana" on avoinna
    Ja vastuutyöntekijä on "Salla Niemi"
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Kun "Salla Niemi" päättää askeleen "Yhteys erikoissairaanhoidon aikana" tulokseen "Arvio tehty erikoissairaanhoidossa" pe 12.2. klo 9.00
    Niin määräaika "Nuoren arvio erikoissairaanhoidossa kuudessa viikossa" on pidetty
    Ja määräaika "Nuoren hoito erikoissairaanhoidossa kolmessa kuukaudessa" päättyy ke 12.5.2027 klo 24.00

  Tapaus: Suunnitelmasta ei voi sopia, ennen kuin se on kirjoitettu
    Oletetaan asiakas "Hilla Mäki", 15 v
    Kun asiakas "Hilla Mäki" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Tukikäynnit"
    Ja "Salla Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Sovittu"
    Niin se ei onnistu, koska "Kesken vielä"
    Kun "Salla Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Asiakas kieltäytyi"
    Niin asia on päättynyt tulokseen "Asiakas kieltäytyi"

  Tapaus: Asia ei etene ennen kuin rinnakkaiset askeleet on tehty
    Oletetaan asiakas "Otto Salmi", 15 v
    Kun asiakas "Otto Salmi" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin askel "Alkuarvio" on avoinna
    Ja askel "Terapianavigaattorin tulos" ei ole avoinna
    Kun "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Neuvonta riittää"
    Niin se ei onnistu, koska "Kesken vielä"

  Tapaus: Neuvonta voi riittää ja lupaukset on pidetty
    Oletetaan asiakas "Ella Rinne", 15 v
    Kun asiakas "Ella Rinne" soittaa ja "Aino Laine" vastaa ti 1.12.2026 klo 9.12
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Ratkaistu yhteydenotossa"
    Niin asia on päättynyt tulokseen "Asia ratkaistu"
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Ja lupaus "Käsittely alkaa samana päivänä" on pidetty

  @S22
  Tapaus: Siirtymästä sovitaan, kun nuori on 17 ja puoli
    Oletetaan asiakas "Iida Kallio", syntynyt 14.4.2009
    Kun asiakas "Iida Kallio" soittaa ja "Aino Laine" vastaa ma 5.10.2026 klo 9.00
    Niin askel "Siirtymä aikuisten palveluihin" ei ole avoinna
    Kun tulee ke 14.10. klo 8.00
    Niin askel "Siirtymä aikuisten palveluihin" on avoinna
    Kun "Aino Laine" päättää askeleen "Siirtymä aikuisten palveluihin" tulokseen "Jatkuu täällä"
    Niin asia on avoinna
    Ja askel "Yhteydenoton vastaanotto" on avoinna

  @R-7
  Tapaus: Huoltajaa kuullaan, kun nuori on sallinut sen
    Oletetaan asiakas "Kerttu Alanko", 15 v
    Kun asiakas "Kerttu Alanko" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön" ja vastaa
      | Saako huoltajalle kertoa? | kyllä |
    Niin askel "Huoltajan kuuleminen" on avoinna
    Kun "Salla Niemi" päättää askeleen "Huoltajan kuuleminen" tulokseen "Huoltaja vastustaa, nuori päättää"
    Niin askel "Alkuarvio" on avoinna

  @S22
  Tapaus: Täysi-ikäisen huoltajaa ei enää kuulla
    Oletetaan asiakas "Tuukka Elo", syntynyt 14.4.2009
    Kun asiakas "Tuukka Elo" soittaa ja "Aino Laine" vastaa ti 13.4.2027 klo 14.00
    Ja "Aino Laine" kirjaa asiakkaasta "Tuukka Elo" tiedon "huoltajalle saa kertoa"
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön" ke 14.4. klo 9.00
    Niin askel "Alkuarvio" on avoinna
    Ja askel "Huoltajan kuuleminen" ei ole avoinna
    Ja määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ke 28.4.2027 klo 24.00

  Tapaus: Sovittu hoitomuoto avaa vain oman jaksonsa
    Oletetaan asiakas "Linnea Orava", 15 v
    Kun asiakas "Linnea Orava" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" to 14.1. klo 10.00
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Ja "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan to 1.4.2027 ja jonka tavoitteet ovat
      | Jaksan taas nähdä kavereita |
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman ti 19.1.2027 klo 10.00
    Ja "Salla Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Sovittu" ja vastaa
      | Sovittu hoitomuoto | IPC |
    Niin askel "IPC-istunnot" on avoinna
    Ja askel "Cool Kids -tapaamiset" ei ole avoinna
    Ja määräaika "Terapiatakuu" on yhä käynnissä
    Kun "Salla Niemi" tapaa asiakkaan "Linnea Orava" askeleessa "IPC-istunnot" ma 25.1. klo 14.00
    Niin määräaika "Terapiatakuu" on pidetty
    Ja tavoite "Suunnitelma tarkistetaan" päättyy ma 19.4.2027 klo 24.00

  @D-17
  Tapaus: Terapiakoordinaattori etsii toisen tekijän päivänä 21
    Oletetaan asiakas "Eevi Halonen", 16 v
    Kun asiakas "Eevi Halonen" soittaa ja "Aino Laine" vastaa ma 1.2.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Ja kukaan ei tee mitään ma 22.2. klo 16.00 mennessä
    Niin "Timo Aho" saa hälytyksen: määräaika "Terapiatakuu"
    Ja määräaika "Terapiatakuu" ei ole ylittynyt

  @D-17
  Tapaus: Hoitomuodon vaihto ennen ensimmäistä istuntoa ei pidä terapiatakuuta
    Oletetaan asiakas "Samu Kettula", 15 v
    Kun asiakas "Samu Kettula" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" to 14.1. klo 10.00
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Ja "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan to 1.4.2027 ja jonka tavoitteet ovat
      | Saan nukuttua |
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Salla Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Sovittu" ja vastaa
      | Sovittu hoitomuoto | IPC |
    Ja "Salla Niemi" päättää askeleen "IPC-istunnot" tulokseen "Peruttu" pe 15.1. klo 9.00
    Ja "Salla Niemi" päättää askeleen "Hoitojakso" tulokseen "Vaihdetaan menetelmää"
    Niin askel "Hoitomuodon valinta" on avoinna
    Ja määräaika "Terapiatakuu" on yhä käynnissä

  @D-17
  Tapaus: Kiireellinen tapaaminen ei pidä terapiatakuuta, ensimmäinen istunto pitää
    Oletetaan asiakas "Elsa Tammela", 16 v
    Kun asiakas "Elsa Tammela" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" to 14.1. klo 10.00
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Niin määräaika "Terapiatakuu" päättyy to 11.2.2027 klo 24.00
    Kun "Salla Niemi" tapaa asiakkaan "Elsa Tammela" pe 15.1. klo 9.00
    Niin määräaika "Terapiatakuu" on yhä käynnissä

  @D-21
  Tapaus: Opiskeluhuollon keskustelun aika lasketaan koulun omina koulupäivinä
    Oletetaan asiakas "Oona Lehtola", 15 v
    Kun asiakas "Oona Lehtola" soittaa ja "Aino Laine" vastaa to 18.2.2027 klo 9.00
    Niin määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" ei ole alkanut
    Kun "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" ja vastaa
      | Tuliko asia opiskeluhuollosta? | kyllä |
      | Nuoren oppilaitos | Lahdenniemen koulu |
    Niin määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" päättyy ma 8.3.2027 klo 24.00
    Ja määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" selityksessä lukee "ei lasketa: ma 22.2. – pe 26.2.2027 talviloma"
    Kun "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" ma 1.3. klo 10.00
    Niin määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" on pidetty

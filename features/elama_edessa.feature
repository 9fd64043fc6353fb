# language: fi
@P17
Ominaisuus: Elämä edessä – apua omasta koulusta
  Opiskelija pääsee juttelemaan seitsemässä koulupäivässä, tiimi tekee yhden arvion ja tuki annetaan omassa koulussa.
  Loma ei kulu määräaikaan, ja huoltajalle kerrotaan vain se, minkä opiskelija sallii.

  Tausta:
    Oletetaan polku "Elämä edessä – apua omasta koulusta"
    Ja yksikkö "Koulun väki" antaa palvelulupauksen
    Ja yksikön "Koulun väki" väki on
      | nimi          | ammatti               | osaaminen     | tehtävä        |
      | Aino Laine    | Kuraattori            |               |                |
      | Salla Niemi   | Psykologi             | IPC-menetelmä |                |
      | Liisa Korpela | Terveydenhoitaja      |               | esihenkilö     |
      | Ville Aalto   | Vastaava kuraattori   |               |                |
      | Timo Aho      | Terapiakoordinaattori |               |                |
      | Heli Ranta    | Terveydenhoitaja      |               | vastuuhenkilö  |
    Ja asiakas "Oona Lehtola", 15 v

  @S12 @D-21
  Tapaus: Hiihtoloma ei kulu keskustelun määräaikaan
    Kun asiakas "Oona Lehtola" soittaa ja "Aino Laine" vastaa to 18.2.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" ja vastaa
      | Pyydetäänkö keskustelua opiskeluhuollon kanssa? | kyllä              |
      | Opiskelijan oppilaitos                          | Lahdenniemen koulu |
    Niin määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" päättyy ma 8.3.2027 klo 24.00
    Kun "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" on yhä käynnissä
    Kun "Aino Laine" päättää askeleen "Keskustelu opiskelijan kanssa" tulokseen "Asiakas ei saapunut" ma 1.3. klo 10.00
    Niin määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" on yhä käynnissä
    Kun "Aino Laine" päättää askeleen "Keskustelu opiskelijan kanssa" tulokseen "Koulun tiimiin" ti 2.3. klo 10.00
    Niin määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" on pidetty

  @S12 @D-21b
  Tapaus: Kiireellinen keskustelu pidetään viimeistään seuraavana koulupäivänä
    Kun asiakas "Oona Lehtola" soittaa ja "Aino Laine" vastaa to 18.2.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" ja vastaa
      | Pyydetäänkö keskustelua opiskeluhuollon kanssa? | kyllä              |
      | Opiskelijan oppilaitos                          | Lahdenniemen koulu |
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Hoidetaan samana päivänä"
    Niin määräaika "Kiireellinen keskustelu opiskeluhuollossa" päättyy pe 19.2.2027 klo 24.00
    Kun "Aino Laine" päättää askeleen "Kiireellinen keskustelu" tulokseen "Tilanne on vakaa" klo 14.00
    Niin määräaika "Kiireellinen keskustelu opiskeluhuollossa" on pidetty
    Ja määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" on pidetty

  @D-21
  Tapaus: Viidentenä koulupäivänä vastaava kuraattori etsii keskustelulle pitäjän
    Kun asiakas "Oona Lehtola" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" ja vastaa
      | Pyydetäänkö keskustelua opiskeluhuollon kanssa? | kyllä              |
      | Opiskelijan oppilaitos                          | Lahdenniemen koulu |
    Ja kukaan ei vastaa pe 15.1. klo 16.00 mennessä
    Niin "Ville Aalto" ei saa hälytystä: tavoite "Keskustelu pidetään kuudentena koulupäivänä"
    Kun kukaan ei vastaa ma 18.1. klo 16.00 mennessä
    Niin "Ville Aalto" saa hälytyksen: tavoite "Keskustelu pidetään kuudentena koulupäivänä"
    Ja määräaika "Opiskeluhuollon keskustelu seitsemän koulupäivän kuluessa" on yhä käynnissä

  @D-17 @R-7
  Tapaus: Tuki omassa koulussa ilman huoltajaa
    Kun asiakas "Oona Lehtola" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" ja vastaa
      | Pyydetäänkö keskustelua opiskeluhuollon kanssa? | kyllä              |
      | Opiskelijan oppilaitos                          | Lahdenniemen koulu |
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön" ja vastaa
      | Saako huoltajalle kertoa?                            | ei    |
      | Onko koulussa kiusaamista, häirintää tai väkivaltaa? | kyllä |
    Ja "Aino Laine" päättää askeleen "Kiusaaminen tai väkivalta koulussa" tulokseen "Rehtori puuttui asiaan" klo 15.00
    Ja "Aino Laine" päättää askeleen "Keskustelu opiskelijan kanssa" tulokseen "Koulun tiimiin" ja vastaa
      | Saako opettajalta pyytää kuvausta koulunkäynnistä? | ei |
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Ja "Aino Laine" päättää askeleen "Viikkotiimi nimeää vastuutyöntekijän" tulokseen "Nimetty"
    Ja "Salla Niemi" päättää askeleen "Vointi ja koulunkäynti" tulokseen "Tehty" ma 18.1. klo 10.00
    Ja "Salla Niemi" päättää askeleen "Tiimin yksi arvio" tulokseen "Ohjaus IPC-hoitoon"
    Niin määräaika "Terapiatakuu" päättyy ma 15.2.2027 klo 24.00
    Kun "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan to 1.4.2027 ja jonka tavoitteet ovat
      | Jaksan taas nähdä kavereita |
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Salla Niemi" päättää askeleen "Opiskeluhuollon suunnitelma" tulokseen "Sovittu" ja vastaa
      | Sovittu tuki     | IPC                          |
      | Kuka tietää mitäkin | Luokanvalvoja, ei huoltajat |
    Ja "Salla Niemi" päättää askeleen "IPC-istunnot" tulokseen "Tehty" ma 1.2. klo 10.00
    Niin määräaika "Terapiatakuu" on pidetty
    Kun "Salla Niemi" päättää askeleen "Tukijakso koulussa" tulokseen "Tukijakso on käyty, tehdään arvio" ma 1.3. klo 10.00
    Ja "Salla Niemi" päättää askeleen "Arvio kahdeksan viikon jälkeen" tulokseen "Päättyy"
    Niin tavoite "Tuki arvioidaan kahdeksassa viikossa" on pidetty
    Kun "Salla Niemi" päättää askeleen "Seuranta seuraavassa jaksossa" tulokseen "Vointi on hyvä" ma 3.5. klo 10.00
    Niin askel "Palveluntarpeen päättyminen" on avoinna

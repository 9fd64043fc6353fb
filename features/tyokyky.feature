# language: fi
@P12
Ominaisuus: Työkyvyn tuki
  Työllisyysalue ja Kela ovat mukana vain asiakkaan luvalla, ja odotus muilta näkyy erikseen.

  Tausta:
    Oletetaan polku "Työkyvyn tuki"
    Ja yksikkö "Työkyvyn tuki" antaa palvelulupauksen
    Ja yksikön "Työkyvyn tuki" väki on
      | nimi          | ammatti                | osaaminen | tehtävä    |
      | Aino Laine    | Sosiaaliohjaaja        |           |            |
      | Kaija Koski   | Työkykykoordinaattori  |           |            |
      | Sanna Saari   | Sairaanhoitaja         |           |            |
      | Tiina Lampi   | Työllisyysasiantuntija |           |            |
      | Liisa Korpela | Sosiaalityöntekijä     |           | esihenkilö |
    Ja asiakas "Oona Virta", 35 v
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ti 1.12.2026 klo 9.12
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" ja vastaa
      | Liittyykö asiaan sairaus, vamma tai oire? | kyllä |
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"

  @D-10 @D-13
  Tapaus: Sairaanhoitaja arvioi hoidon tarpeen, kun asiaan liittyy sairaus
    Niin määräaika "Hoidon tarve arvioidaan samana päivänä" päättyy ti 1.12.2026 klo 24.00
    Kun "Sanna Saari" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Tehty" klo 14.00
    Niin määräaika "Hoidon tarve arvioidaan samana päivänä" on pidetty
    Kun "Kaija Koski" päättää askeleen "Kartoituskeskustelu" tulokseen "Tehty" ma 7.12. klo 10.00
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Kun "Kaija Koski" päättää askeleen "Alkukartoitus" tulokseen "Palveluun"
    Niin määräaika "23 vuotta täyttänyt saa hoitoa kolmessa kuukaudessa" päättyy su 7.3.2027 klo 24.00

  @D-28
  Tapaus: Kuudestakymmenestä sairauspäivästä muistutetaan
    Kun "Sanna Saari" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Tehty" klo 14.00
    Ja "Kaija Koski" päättää askeleen "Kartoituskeskustelu" tulokseen "Tehty" ja vastaa ma 7.12. klo 10.00
      | Sairauspäivärahapäiviä yhteensä | 61 |
    Niin askel "Kuntoutustarve 60 sairauspäivän kohdalla" on avoinna

  Tapaus: Ilman lupaa työllisyysalue ja Kela eivät ole mukana
    Kun "Sanna Saari" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Tehty" klo 14.00
    Ja "Kaija Koski" päättää askeleen "Kartoituskeskustelu" tulokseen "Tehty" ma 7.12. klo 10.00
    Ja "Kaija Koski" päättää askeleen "Alkukartoitus" tulokseen "Palveluun"
    Ja "Kaija Koski" päättää askeleen "Suostumus yhteiseen työhön" tulokseen "Ei suostu muihin, jatketaan sosiaali- ja terveyspalveluissa" ja vastaa
      | Saako työllisyysalue osallistua? | ei |
      | Saako Kela osallistua? | ei |
    Niin askel "Lääkärin työkykyarvio" on avoinna
    Ja askel "Osaaminen ja työ" ei ole avoinna
    Ja askel "Etuudet ja kuntoutus Kelassa" ei ole avoinna

  @D-27
  Tapaus: Esihenkilö soittaa, kun työllisyysalueesta ei kuulu kymmeneen arkipäivään
    Kun "Sanna Saari" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Tehty" klo 14.00
    Ja "Kaija Koski" päättää askeleen "Kartoituskeskustelu" tulokseen "Tehty" ma 7.12. klo 10.00
    Ja "Kaija Koski" päättää askeleen "Alkukartoitus" tulokseen "Palveluun"
    Ja "Kaija Koski" päättää askeleen "Suostumus yhteiseen työhön" tulokseen "Suostuu osittain" ja vastaa
      | Saako työllisyysalue osallistua? | kyllä |
      | Saako Kela osallistua? | ei |
    Niin askel "Osaaminen ja työ" on avoinna
    Ja tavoite "Työllisyysalue aloittaa osuutensa kymmenessä arkipäivässä" päättyy ma 21.12.2026 klo 24.00
    Kun kukaan ei tee mitään ti 22.12. klo 12.00 mennessä
    Niin "Liisa Korpela" saa ohjeen "Soita vastinparillesi"

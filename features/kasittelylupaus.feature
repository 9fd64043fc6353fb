# language: fi
@P02 @D-10 @D-11
Ominaisuus: Nuoren asian käsittely alkaa samana päivänä ja palvelu viikossa
  Nuori ottaa yhteyttä kerran. Samana päivänä joku ammattilainen alkaa hoitaa asiaa, ja viikon sisällä palvelu on
  alkanut. Asian avaaminen, automaattinen kuittaus tai varattu aika ei pidä lupausta.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut" antaa palvelulupauksen
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä    |
      | Aino Laine    | Sairaanhoitaja              |               |            |
      | Pekka Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |            |
      | Liisa Korpela | Psykiatrinen sairaanhoitaja |               | esihenkilö |
    Ja asiakas "Oona Virta", 15 v

  Tapaus: Nuoren asia käsitellään samana päivänä ja palvelu alkaa viikossa
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ti 1.12.2026 klo 9.12
    Niin lupaus "Käsittely alkaa samana päivänä" päättyy ti 1.12.2026 klo 24.00
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ti 8.12.2026 klo 24.00
    Ja vastuutyöntekijä puuttuu ja asia on yksikön "Nuorten palvelut" jonossa
    Kun "Aino Laine" kirjaa arvion asiakkaasta "Oona Virta" klo 10.05
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty, kesto 53 minuuttia
    Kun "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin vastuutyöntekijä on "Pekka Niemi"
    Ja askel "Hoidon tarpeen arviointi" on avoinna
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on yhä käynnissä

  Tapaus: Kukaan ei aloita eikä lupaus pidä
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 15.50
    Ja kukaan ei aloita klo 24.00 mennessä
    Niin lupaus "Käsittely alkaa samana päivänä" ei ole ylittynyt
    Kun tulee ke 2.12. klo 0.01
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt
    Kun "Aino Laine" soittaa asiakkaalle "Oona Virta" ke 2.12. klo 8.20
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty myöhässä
    Kun kukaan ei tee mitään ke 9.12. klo 8.00 mennessä
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" ei pitänyt

# language: fi
@P01 @M013 @M082 @M100
Ominaisuus: Paljon palveluja tarvitsevan asiakkaan huomaaminen
  Laskenta ehdottaa, ammattilainen päättää. Kenellekään ei tapahdu mitään itsestään, ja syyt kerrotaan sanoin.

  Tausta:
    Oletetaan polku "Paljon palveluja tarvitsevan asiakkaan polku"
    Ja polku "Ikäihmisen kotona asuminen"
    Ja yksikkö "Kaapo" antaa palvelulupauksen
    Ja yksikön "Kaapo" väki on
      | nimi         | ammatti        | tehtävä    |
      | Sanna Rautio | Sairaanhoitaja |            |
      | Anne Forsman | Palveluohjaaja | esihenkilö |
    Ja yksikön "Terveysasema" väki on
      | nimi       | ammatti        | tehtävä |
      | Mika Aalto | Sairaanhoitaja |         |
    Ja asiakas "Rauni Tammi", 78 v

  Tapaus: Laskenta ehdottaa, ammattilainen vahvistaa ja yhteinen työ alkaa
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" kirjaa, että asiakas "Rauni Tammi" joutuu kertomaan saman uudelleen
    Ja "Sanna Rautio" tuo toisesta järjestelmästä tiedon, että asiakkaalla "Rauni Tammi" on 4 päivystyskäyntiä
    Ja yöllä lasketaan, kuka saattaa tarvita paljon palveluja
    Niin "Sanna Rautio" näkee ehdokkaan "Rauni Tammi" syystä "Asiakas kertoo tai pyytää itse"
    Ja "Sanna Rautio" näkee ehdokkaan "Rauni Tammi" syystä "Toistuvia päivystyskäyntejä"
    Ja "Anne Forsman" näkee ehdokkaan "Rauni Tammi"
    Ja "Mika Aalto" ei näe ehdokasta "Rauni Tammi"
    Kun "Sanna Rautio" vahvistaa ehdokkaan "Rauni Tammi"
    Niin askel "Tunnistaminen" on avoinna
    Ja "Sanna Rautio" ei näe ehdokasta "Rauni Tammi"

  Tapaus: Hylätty syy vaikenee puoli vuotta, muut eivät
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" kirjaa, että asiakas "Rauni Tammi" joutuu kertomaan saman uudelleen
    Ja yöllä lasketaan, kuka saattaa tarvita paljon palveluja
    Ja "Sanna Rautio" hylkää ehdokkaan "Rauni Tammi" syystä "Tilanne on jo helpottunut"
    Ja yöllä lasketaan, kuka saattaa tarvita paljon palveluja
    Niin "Sanna Rautio" ei näe ehdokasta "Rauni Tammi"

  Tapaus: Segmentti ratkaisee yhteydenpidon rytmin ja väliarvion
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" kirjaa, että asiakas "Rauni Tammi" joutuu kertomaan saman uudelleen
    Ja yöllä lasketaan, kuka saattaa tarvita paljon palveluja
    Ja "Sanna Rautio" vahvistaa ehdokkaan "Rauni Tammi"
    Ja "Sanna Rautio" päättää askeleen "Tunnistaminen" tulokseen "Vahvistettu"
    Ja "Sanna Rautio" päättää askeleen "Kertominen ja suostumus" tulokseen "Suostuu kokonaan"
    Ja "Sanna Rautio" päättää askeleen "Suuntima yhdessä" tulokseen "Yhteisöasiakkuus" ja vastaa
      | Suuntima – voimavarat 0–100               | 30 |
      | Suuntima – tilanteen monimutkaisuus 0–100 | 20 |
    Niin askel "Kevyt asiakassuunnitelma" on avoinna
    Kun "Sanna Rautio" kirjaa suunnitelman, joka tarkistetaan ma 5.7.2027 ja jonka tavoitteet ovat
      | Jaksan käydä ryhmässä |
    Ja "Sanna Rautio" antaa suunnitelman asiakkaalle
    Ja "Sanna Rautio" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Sanna Rautio" päättää askeleen "Kevyt asiakassuunnitelma" tulokseen "Sovittu"
    Niin tavoite "Yhteys kerran kuussa" on käynnissä
    Ja tavoite "Suunnitelma tarkistetaan puolen vuoden välein" on käynnissä
    Ja tavoite "Yhteys kolmen kuukauden välein" ei ole alkanut
    Ja tavoite "Suunnitelma tarkistetaan vuoden välein" ei ole alkanut
    Ja tavoite "Suunnitelma tarkistetaan" ei ole alkanut

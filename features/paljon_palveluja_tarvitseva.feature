# language: fi
@P01 @M012
Ominaisuus: Paljon palveluja tarvitsevan asiakkaan polku
  Yksi työntekijä pitää langat käsissään. Asiakas päättää, ketkä saavat puhua hänen asioistaan, ja suunnitelma on
  valmis 45 päivässä.

  Tausta:
    Oletetaan polku "Paljon palveluja tarvitsevan asiakkaan polku"
    Ja yksikkö "Sosiaalityö" antaa palvelulupauksen
    Ja yksikön "Sosiaalityö" väki on
      | nimi           | ammatti            | tehtävä       |
      | Sanna Rautio   | Palveluohjaaja     |               |
      | Mikko Lehtinen | Sosiaalityöntekijä |               |
      | Hanna Kauppi   | Sairaanhoitaja     |               |
      | Ville Ojala    | Toimintaterapeutti |               |
      | Anne Forsman   | Palveluohjaaja     | esihenkilö    |
      | Pirjo Nevala   | Palveluohjaaja     | vastuuhenkilö |
    Ja asiakas "Rauni Tammi", 58 v

  Tapaus: Ehdotus vahvistetaan kymmenessä arkipäivässä
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Sanna Rautio" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin tavoite "Tavoite: Tunnistaminen" päättyy ma 25.1.2027 klo 24.00
    Ja lupaus "Kokoava suunnitelma on valmis 45 päivässä" päättyy to 25.2.2027 klo 24.00

  Tapaus: Ammattilainen voi todeta, ettei yhteistä työtä tarvita
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Sanna Rautio" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Sanna Rautio" päättää askeleen "Tunnistaminen" tulokseen "Ei paljon palveluja tarvitseva"
    Niin asia on päättynyt tulokseen "Ei palvelun tarvetta"
    Ja lupaus "Kokoava suunnitelma on valmis 45 päivässä" on peruttu
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty

  @E3
  Tapaus: Kieltäytynyt saa apua omassa yksikössä ilman tietojen jakamista
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Sanna Rautio" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Sanna Rautio" päättää askeleen "Tunnistaminen" tulokseen "Vahvistettu"
    Ja "Sanna Rautio" päättää askeleen "Kertominen ja suostumus" tulokseen "Asiakas kieltäytyi" to 14.1. klo 9.00
    Niin askel "Yhteensovitus omassa yksikössä" on avoinna
    Ja lupaus "Kokoava suunnitelma on valmis 45 päivässä" on peruttu
    Ja asia on avoinna

  Tapaus: Suuntima ehdottaa verkostoa ja koordinoija nimetään kolmessa arkipäivässä
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Sanna Rautio" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Sanna Rautio" päättää askeleen "Tunnistaminen" tulokseen "Vahvistettu"
    Ja "Sanna Rautio" päättää askeleen "Kertominen ja suostumus" tulokseen "Suostuu osittain" to 14.1. klo 9.00
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Kun "Sanna Rautio" päättää askeleen "Suuntima yhdessä" tulokseen "Verkostoasiakkuus" ja vastaa pe 15.1. klo 10.00
      | Suuntima – voimavarat 0–100              | 30 |
      | Suuntima – tilanteen monimutkaisuus 0–100 | 80 |
    Niin askel "Koordinoivan vastuutyöntekijän nimeäminen" on avoinna
    Ja tavoite "Tavoite: Koordinoivan vastuutyöntekijän nimeäminen" päättyy ke 20.1.2027 klo 24.00

  Tapaus: Suuntiman ehdotuksesta voi poiketa vain syyn kanssa
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Sanna Rautio" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Sanna Rautio" päättää askeleen "Tunnistaminen" tulokseen "Vahvistettu"
    Ja "Sanna Rautio" päättää askeleen "Kertominen ja suostumus" tulokseen "Suostuu kokonaan"
    Ja "Sanna Rautio" päättää askeleen "Suuntima yhdessä" tulokseen "Omatoimiasiakkuus" ja vastaa
      | Suuntima – voimavarat 0–100              | 30 |
      | Suuntima – tilanteen monimutkaisuus 0–100 | 80 |
    Niin se ei onnistu, koska "Kerro syy"
    Ja askel "Suuntima yhdessä" on avoinna

  Tapaus: Omatoimiselle riittää kevyt suunnitelma
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Sanna Rautio" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Sanna Rautio" päättää askeleen "Tunnistaminen" tulokseen "Vahvistettu"
    Ja "Sanna Rautio" päättää askeleen "Kertominen ja suostumus" tulokseen "Suostuu kokonaan"
    Ja "Sanna Rautio" päättää askeleen "Suuntima yhdessä" tulokseen "Omatoimiasiakkuus"
    Niin askel "Kevyt asiakassuunnitelma" on avoinna
    Ja lupaus "Kokoava suunnitelma on valmis 45 päivässä" on peruttu

  @D-07
  Tapaus: Erityistä tukea tarvitsevalle nimetään omatyöntekijä sosiaalihuollosta
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Sanna Rautio" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Sanna Rautio" päättää askeleen "Tunnistaminen" tulokseen "Vahvistettu"
    Ja "Sanna Rautio" päättää askeleen "Kertominen ja suostumus" tulokseen "Suostuu kokonaan"
    Ja "Sanna Rautio" päättää askeleen "Suuntima yhdessä" tulokseen "Verkostoasiakkuus"
    Ja "Anne Forsman" päättää askeleen "Koordinoivan vastuutyöntekijän nimeäminen" tulokseen "Nimetty"
    Niin askel "Sosiaalinen tilanne" on avoinna
    Ja askel "Terveys ja lääkitys" on avoinna
    Ja askel "Asiakkaan oma näkemys" on avoinna
    Kun "Anne Forsman" nimeää omatyöntekijäksi "Hanna Kauppi"
    Niin se ei onnistu, koska "ammatti ei sovi tähän tehtävään"
    Kun "Anne Forsman" nimeää omatyöntekijäksi "Mikko Lehtinen"
    Niin omatyöntekijä on "Mikko Lehtinen"

  Tapaus: Puuttuvasta suunnitelmasta kerrotaan suoraan yksikön vastuuhenkilölle
    Kun asiakas "Rauni Tammi" soittaa ja "Sanna Rautio" vastaa ma 11.1.2027 klo 9.00
    Ja "Sanna Rautio" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Sanna Rautio" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja kukaan ei tee mitään pe 26.2. klo 9.00 mennessä
    Niin lupaus "Kokoava suunnitelma on valmis 45 päivässä" ei pitänyt
    Ja "Pirjo Nevala" saa hälytyksen: lupaus "Kokoava suunnitelma on valmis 45 päivässä"
    Kun "Anne Forsman" kirjaa lupauksen "Kokoava suunnitelma on valmis 45 päivässä" ylitykselle syyn "Kapasiteetti" ja suunnitelman "Kokous varattu ensi viikolle"
    Niin lupauksen "Kokoava suunnitelma on valmis 45 päivässä" ylityksen syy on "Kapasiteetti"

# language: fi
@X @XF
Ominaisuus: Kun lupaus on vaarassa tai ei pidä
  Hälytys kulkee portaita: ensin se, joka voi auttaa, sitten esihenkilö, lopulta yksikön vastuuhenkilö. Rikkoutunut
  lupaus jää näkyviin; se voidaan hoitaa myöhässä, selittää tai kumota, mutta ei poistaa.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut" antaa palvelulupauksen
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä       |
      | Aino Laine    | Sairaanhoitaja              |               |               |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |               |
      | Liisa Korpela | Psykologi                   |               | esihenkilö    |
      | Heli Ranta    | Psykologi                   |               | vastuuhenkilö |
      | Timo Aho      | Terapiakoordinaattori       |               |               |
    Ja asiakas "Oona Virta", 15 v
    Ja asiakas "Emil Aalto", 22 v

  @S02
  Tapaus: Saman päivän lupauksen portaat tiimistä yksikön vastuuhenkilöön
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja kukaan ei aloita klo 13.59 mennessä
    Niin "Aino Laine" ei saa hälytystä: lupaus "Käsittely alkaa samana päivänä"
    Kun kukaan ei aloita klo 14.00 mennessä
    Niin "Aino Laine" saa hälytyksen: lupaus "Käsittely alkaa samana päivänä" ti 1.12.2026 klo 14.00
    Ja "Aino Laine" saa ohjeen "Kuka ottaa sen nyt?"
    Ja "Liisa Korpela" ei saa hälytystä: lupaus "Käsittely alkaa samana päivänä"
    Kun kukaan ei aloita klo 16.00 mennessä
    Niin "Liisa Korpela" saa hälytyksen: lupaus "Käsittely alkaa samana päivänä" ti 1.12.2026 klo 16.00
    Ja "Heli Ranta" ei saa hälytystä: lupaus "Käsittely alkaa samana päivänä"
    Kun on seuraava aamu klo 8.14
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt
    Ja "Heli Ranta" ei saa hälytystä: lupaus "Käsittely alkaa samana päivänä"
    Kun tulee klo 8.15
    Niin "Heli Ranta" saa hälytyksen: lupaus "Käsittely alkaa samana päivänä" ke 2.12.2026 klo 8.15

  Tapaus: Pidetty lupaus ei hälytä enää ketään
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja "Aino Laine" kirjaa arvion asiakkaasta "Oona Virta" klo 10.00
    Ja kukaan ei tee mitään to 3.12. klo 9.00 mennessä
    Niin "Heli Ranta" ei ole saanut yhtään ilmoitusta
    Ja lupaus "Käsittely alkaa samana päivänä" ei ole ylittynyt

  @L2
  Tapaus: Viikkolupauksen portaat puolivälistä vastuuhenkilöön
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja kukaan ei tee mitään to 14.1. klo 16.00 mennessä
    Niin "Salla Niemi" saa hälytyksen: lupaus "Tarvittaessa palvelu alkaa viikon sisällä" to 14.1.2027 klo 8.00
    Ja "Liisa Korpela" ei saa hälytystä: lupaus "Tarvittaessa palvelu alkaa viikon sisällä"
    Kun kukaan ei tee mitään ma 18.1. klo 8.00 mennessä
    Niin "Salla Niemi" saa hälytyksen: lupaus "Tarvittaessa palvelu alkaa viikon sisällä" pe 15.1.2027 klo 8.00
    Ja "Liisa Korpela" saa hälytyksen: lupaus "Tarvittaessa palvelu alkaa viikon sisällä" pe 15.1.2027 klo 8.00
    Ja "Liisa Korpela" saa ohjeen "Määräaika on vaarassa"
    Kun tulee ti 19.1. klo 0.01
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" ei pitänyt
    Ja "Liisa Korpela" ei saa hälytystä: lupaus "Tarvittaessa palvelu alkaa viikon sisällä"
    Kun tulee klo 8.00
    Niin "Liisa Korpela" saa ohjeen "Kirjaa syy ja uusi suunnitelma"
    Kun kukaan ei tee mitään to 21.1. klo 8.00 mennessä
    Niin "Heli Ranta" saa hälytyksen: lupaus "Tarvittaessa palvelu alkaa viikon sisällä"

  @S08 @D-11
  Tapaus: Hoitotakuusta varoitetaan, kun neljä viidesosaa ajasta on kulunut
    Oletetaan asiakas "Kaisa Holm", syntynyt 12.1.2004
    Kun asiakas "Kaisa Holm" soittaa ja "Aino Laine" vastaa ti 5.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja kukaan ei tee mitään pe 15.1. klo 7.00 mennessä
    Niin "Liisa Korpela" ei saa hälytystä: määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa"
    Kun kukaan ei tee mitään ma 18.1. klo 9.00 mennessä
    Niin "Liisa Korpela" saa hälytyksen: määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa"
    Ja määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ti 19.1.2027 klo 24.00

  @S10 @D-17
  Tapaus: Päivänä 21 terapiakoordinaattori etsii toisen tekijän
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 1.2.2027 klo 9.00
    Ja "Salla Niemi" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Niin määräaika "Terapiatakuu" päättyy ma 1.3.2027 klo 24.00
    Kun kukaan ei tee mitään ma 22.2. klo 7.59 mennessä
    Niin "Timo Aho" ei saa hälytystä: määräaika "Terapiatakuu"
    Kun kukaan ei tee mitään ma 22.2. klo 12.00 mennessä
    Niin "Timo Aho" saa hälytyksen: määräaika "Terapiatakuu"
    Ja "Timo Aho" saa ohjeen "Etsi toinen tekijä"

  Tapaus: Myöhässä kirjattu teko tarvitsee syyn ja kumoaa ylityksen, jos se tehtiin ajoissa
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja kukaan ei kirjaa mitään ke 2.12. klo 9.00 mennessä
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt
    Kun "Aino Laine" kirjaa jälkikäteen soittaneensa asiakkaalle "Oona Virta" ti 1.12.2026 klo 15.00
    Niin se ei onnistu, koska "Kerro syy"
    Kun "Aino Laine" kirjaa jälkikäteen soittaneensa asiakkaalle "Oona Virta" ti 1.12.2026 klo 15.00, koska "Yhteys oli poikki"
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty, kesto 348 minuuttia
    Ja lupauksen "Käsittely alkaa samana päivänä" ylitys on kumottu

  Tapaus: Tekoa ei voi kirjata tulevaan eikä ennen yhteydenottoa
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja "Aino Laine" kirjaa jälkikäteen soittaneensa asiakkaalle "Oona Virta" ti 1.12.2026 klo 18.00, koska "Arvaan"
    Niin se ei onnistu, koska "Tarkista aika"
    Kun "Aino Laine" kirjaa jälkikäteen soittaneensa asiakkaalle "Oona Virta" ti 1.12.2026 klo 9.00, koska "Arvaan"
    Niin se ei onnistu, koska "Tarkista aika"

  Tapaus: Vain esihenkilö kirjaa ylitykselle syyn, ja syyn pitää olla listalla
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja kukaan ei aloita ke 2.12. klo 8.00 mennessä
    Ja "Aino Laine" kirjaa lupauksen "Käsittely alkaa samana päivänä" ylitykselle syyn "Kapasiteetti" ja suunnitelman "Soitetaan heti"
    Niin se ei onnistu, koska "Tämä ei kuulu sinulle"
    Kun "Liisa Korpela" kirjaa lupauksen "Käsittely alkaa samana päivänä" ylitykselle syyn "Kapasiteetti" ja suunnitelman "Soitetaan heti"
    Niin lupauksen "Käsittely alkaa samana päivänä" ylityksen syy on "Kapasiteetti"

  Tapaus: Pitämättömälle lupaukselle ei voi kirjata syytä etukäteen
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja "Liisa Korpela" kirjaa lupauksen "Käsittely alkaa samana päivänä" ylitykselle syyn "Kapasiteetti" ja suunnitelman "Soitetaan heti"
    Niin se ei onnistu, koska "Tarkista kenttä"

  Tapaus: Kahden asiakkaan lupaukset kulkevat omia aikojaan
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja asiakas "Emil Aalto" lähettää viestin klo 15.59
    Ja "Aino Laine" soittaa asiakkaalle "Emil Aalto" klo 16.30
    Ja kukaan ei tee mitään ke 2.12. klo 7.00 mennessä
    Niin asiakkaan "Emil Aalto" lupaus "Käsittely alkaa samana päivänä" on pidetty, kesto 31 minuuttia
    Mutta asiakkaan "Oona Virta" lupaus "Käsittely alkaa samana päivänä" ei pitänyt

  Tapaus: Kaksoisnapsautus kirjaa soiton kerran
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja "Aino Laine" soittaa asiakkaalle "Oona Virta" klo 10.00
    Ja sama painetaan toisen kerran
    Niin mitään ei kirjattu toiseen kertaan
    Ja lupaus "Käsittely alkaa samana päivänä" on pidetty, kesto 48 minuuttia

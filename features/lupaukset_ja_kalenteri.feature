# language: fi
Ominaisuus: Palvelulupaukset ja kalenteri
  Lupaus päättyy vuorokauden vaihteessa, pyhät ja kesäaika lasketaan oikein, ja vain asiakkaan oma siirto laittaa
  lupauksen tauolle.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut" antaa palvelulupauksen
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä       |
      | Aino Laine    | Sairaanhoitaja              |               |               |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |               |
      | Liisa Korpela | Terveydenhoitaja            |               | esihenkilö    |
      | Heli Ranta    | Terveydenhoitaja            |               | vastuuhenkilö |

  @S02
  Tapaus: Juuri ennen sulkemista tullut asia on luvattu vielä täksi päiväksi
    Oletetaan asiakas "Noora Sillanpää", 15 v
    Kun asiakas "Noora Sillanpää" lähettää viestin ti 1.12.2026 klo 15.50
    Niin lupaus "Käsittely alkaa samana päivänä" päättyy ti 1.12.2026 klo 24.00
    Ja lupauksen "Käsittely alkaa samana päivänä" työtakaraja on ti 1.12.2026 klo 16.00
    Kun kukaan ei aloita klo 16.01 mennessä
    Niin "Liisa Korpela" saa hälytyksen: lupaus "Käsittely alkaa samana päivänä" ti 1.12.2026 klo 16.00
    Mutta lupaus "Käsittely alkaa samana päivänä" ei ole ylittynyt
    Kun tulee ke 2.12. klo 0.01
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt

  @S01 @S05
  Tapausaihio: Saman päivän lupaus ja viikkolupaus kalenterissa
    Oletetaan asiakas "Venla Autio", 15 v
    Kun asiakas "Venla Autio" lähettää viestin <saapui>
    Niin lupaus "Käsittely alkaa samana päivänä" lasketaan alkaen <alkaen>
    Ja lupaus "Käsittely alkaa samana päivänä" päättyy <tanaan>
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy <viikossa>

    Tapaukset:
      | saapui                  | alkaen                  | tanaan                   | viikossa                 |
      | ti 1.12.2026 klo 7.59   | ti 1.12.2026 klo 8.00   | ti 1.12.2026 klo 24.00   | ti 8.12.2026 klo 24.00   |
      | ti 1.12.2026 klo 15.59  | ti 1.12.2026 klo 15.59  | ti 1.12.2026 klo 24.00   | ti 8.12.2026 klo 24.00   |
      | pe 4.12.2026 klo 23.40  | ma 7.12.2026 klo 8.00   | ma 7.12.2026 klo 24.00   | pe 11.12.2026 klo 24.00  |
      | ke 23.12.2026 klo 16.00 | ma 28.12.2026 klo 8.00  | ma 28.12.2026 klo 24.00  | ke 30.12.2026 klo 24.00  |
      | to 25.3.2027 klo 18.00  | ti 30.3.2027 klo 8.00   | ti 30.3.2027 klo 24.00   | to 1.4.2027 klo 24.00    |
      | to 24.6.2027 klo 16.30  | ma 28.6.2027 klo 8.00   | ma 28.6.2027 klo 24.00   | to 1.7.2027 klo 24.00    |

  Tapaus: Tasan klo 16 tullut asia kuuluu seuraavaan aukiolopäivään
    Oletetaan asiakas "Matias Ojanen", 15 v
    Kun asiakas "Matias Ojanen" lähettää viestin ti 1.12.2026 klo 16.00
    Niin lupaus "Käsittely alkaa samana päivänä" päättyy ke 2.12.2026 klo 24.00

  @S05
  Tapaus: Itsenäisyyspäivä siirtää käsittelyn tiistaihin
    Oletetaan asiakas "Sofia Lampi", 15 v
    Kun asiakas "Sofia Lampi" lähettää viestin pe 3.12.2027 klo 17.30
    Niin lupaus "Käsittely alkaa samana päivänä" päättyy ti 7.12.2027 klo 24.00
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy pe 10.12.2027 klo 24.00
    Ja lupauksen "Käsittely alkaa samana päivänä" selityksessä lukee "itsenäisyyspäivä"

  @S06 @E9
  Tapaus: Vuorokauden jatkoyhteys lasketaan oikein, kun kesäaika alkaa
    Oletetaan asiakas "Leo Harjula", 16 v
    Kun asiakas "Leo Harjula" soittaa kiireellisessä asiassa ja "Aino Laine" vastaa la 27.3.2027 klo 23.00
    Ja "Aino Laine" kirjaa tapahtuman "Itsetuhoisuus tai välitön vaara" klo 23.30
    Niin lupaus "Jatkoyhteys 24 tunnissa" päättyy ma 29.3.2027 klo 0.30
    Ja lupaus "Jatkoyhteys 72 tunnissa" päättyy ke 31.3.2027 klo 0.30

  @S07
  Tapaus: Talviaikaan siirryttäessä päivässä on 25 tuntia
    Oletetaan yksikkö "Nuorten palvelut" on auki kalenterin "24/7" mukaan
    Ja asiakas "Aada Metsälä", 16 v
    Kun asiakas "Aada Metsälä" lähettää viestin su 31.10.2027 klo 1.30
    Niin lupaus "Käsittely alkaa samana päivänä" päättyy su 31.10.2027 klo 24.00

  @S13 @E2
  Tapaus: Asiakas siirtää aikaa ja vain lupaus odottaa
    Oletetaan asiakas "Pinja Halla", 15 v
    Kun asiakas "Pinja Halla" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Salla Niemi" kirjaa, että asiakas siirtää ajan to 14.1.2027 klo 10.00 uuteen aikaan to 21.1.2027 klo 10.00
    Ja tulee pe 15.1. klo 9.00
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on tauolla
    Mutta määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ma 25.1.2027 klo 24.00
    Kun "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty" to 21.1. klo 10.30
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" kesti 10 päivää, josta asiakkaan siirtoa 7 päivää

  @S13 @E2
  Tapaus: Asiakas voi siirtää aikaa kahdesti
    Oletetaan asiakas "Viljami Kuusi", 15 v
    Kun asiakas "Viljami Kuusi" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" kirjaa, että asiakas siirtää ajan ti 12.1.2027 klo 10.00 uuteen aikaan to 14.1.2027 klo 10.00
    Ja "Aino Laine" kirjaa, että asiakas siirtää ajan to 14.1.2027 klo 10.00 uuteen aikaan ma 18.1.2027 klo 10.00 to 14.1. klo 11.00
    Ja "Aino Laine" kirjaa, että asiakas siirtää ajan ma 18.1.2027 klo 10.00 uuteen aikaan pe 22.1.2027 klo 10.00 ma 18.1. klo 11.00
    Niin se ei onnistu, koska "Kelloa ei voi laittaa tauolle"

  Tapaus: Myöhässä kirjattu soitto kumoaa ylityksen
    Oletetaan asiakas "Ilona Toivola", 15 v
    Kun asiakas "Ilona Toivola" lähettää viestin ti 1.12.2026 klo 9.00
    Ja kukaan ei vastaa ke 2.12. klo 0.01 mennessä
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt
    Kun "Liisa Korpela" kumoaa lupauksen "Käsittely alkaa samana päivänä" ylityksen perustellen "Soitto tehtiin klo 14 ja kirjattiin vasta aamulla" ke 2.12. klo 9.00
    Niin lupauksen "Käsittely alkaa samana päivänä" ylitys on kumottu

  Tapaus: Esihenkilö kirjaa ylitykselle syyn ja uuden suunnitelman
    Oletetaan asiakas "Eetu Vanhala", 15 v
    Kun asiakas "Eetu Vanhala" lähettää viestin ti 1.12.2026 klo 9.00
    Ja kukaan ei vastaa ke 2.12. klo 8.20 mennessä
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt
    Ja lupauksen "Käsittely alkaa samana päivänä" ylitys kirjautui yksikölle "Nuorten palvelut"
    Kun "Liisa Korpela" kirjaa lupauksen "Käsittely alkaa samana päivänä" ylitykselle syyn "Sijaisuus" ja suunnitelman "Soitetaan aamulla ensimmäisenä"
    Niin lupauksen "Käsittely alkaa samana päivänä" ylityksen syy on "Sijaisuus"

  Tapaus: Yksikkö ilman palvelulupausta noudattaa silti lakia
    Oletetaan yksikkö "Nuorten palvelut" ei anna palvelulupausta
    Ja asiakas "Tuuli Aaltonen", 15 v
    Kun asiakas "Tuuli Aaltonen" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" ei ole alkanut
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" on käynnissä

  Tapaus: Asian avaaminen ei ole teko
    Oletetaan asiakas "Olivia Suvanto", 15 v
    Kun asiakas "Olivia Suvanto" lähettää viestin ti 1.12.2026 klo 9.00
    Ja "Aino Laine" ottaa asian vastuulleen klo 9.30
    Niin lupaus "Käsittely alkaa samana päivänä" on yhä käynnissä
    Kun "Aino Laine" vastaa asiakkaalle "Olivia Suvanto" klo 11.00
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty

  Tapaus: Kalenteriin lisätty sulkupäivä siirtää käynnissä olevan lupauksen avoimesti
    Oletetaan asiakas "Alma Kivelä", 15 v
    Kun asiakas "Alma Kivelä" lähettää viestin pe 4.12.2026 klo 17.00
    Niin lupaus "Käsittely alkaa samana päivänä" päättyy ma 7.12.2026 klo 24.00
    Kun kalenterin "palveluaika" mukaan on suljettu myös ma 7.12.2026, koska "koulutuspäivä"
    Niin lupaus "Käsittely alkaa samana päivänä" päättyy ti 8.12.2026 klo 24.00
    Ja aikajanalla lukee "Määräaika siirtyi: Käsittely alkaa samana päivänä – ti 8.12. klo 24.00 (oli ma 7.12. klo 24.00). Syy: kalenteri muuttui"
    Ja lupauksen "Käsittely alkaa samana päivänä" selityksessä lukee "koulutuspäivä"
    Kun kukaan ei vastaa ke 9.12. klo 0.01 mennessä
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt

  Tapaus: Kalenterin muutos mitätöi ylityksen, jota ei olisi pitänyt kirjata
    Oletetaan asiakas "Eino Saarela", 15 v
    Kun asiakas "Eino Saarela" lähettää viestin ti 1.12.2026 klo 17.00
    Ja kukaan ei vastaa to 3.12. klo 8.30 mennessä
    Niin lupaus "Käsittely alkaa samana päivänä" ei pitänyt
    Kun kalenterin "palveluaika" mukaan on suljettu myös ke 2.12.2026, koska "vesivahinko"
    Niin lupauksen "Käsittely alkaa samana päivänä" ylitys on kumottu
    Ja lupaus "Käsittely alkaa samana päivänä" päättyy to 3.12.2026 klo 24.00

  Tapaus: Viikkoa myöhemmin korjattu yhteydenoton aika siirtää käynnissä olevia lupauksia
    Oletetaan asiakas "Lilja Honkala", 15 v
    Kun asiakas "Lilja Honkala" lähettää viestin ti 1.12.2026 klo 9.00
    Ja "Liisa Korpela" korjaa, että yhteydenotto tuli ma 30.11.2026 klo 15.00, koska "viesti löytyi vanhasta postilaatikosta" ma 7.12. klo 9.00
    Niin lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy ma 7.12.2026 klo 24.00
    Ja aikajanalla lukee "Aika korjattiin: yhteydenotto – ma 30.11. klo 15.00 (kirjattu ti 1.12. klo 9.00)"

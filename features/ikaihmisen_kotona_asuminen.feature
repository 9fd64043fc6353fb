# language: fi
@P05
Ominaisuus: Ikäihmisen kotona asuminen
  Yksi yhteydenotto riittää. Arviointi alkaa lain ajassa, päätös tehdään suunnitelman jälkeen, ja muistia tutkitaan
  muun avun rinnalla.

  Tausta:
    Oletetaan polku "Ikäihmisen kotona asuminen"
    Ja yksikkö "Kaapo" antaa palvelulupauksen
    Ja yksikön "Kaapo" väki on
      | nimi           | ammatti                  | osaaminen     | tehtävä       |
      | Raija Oksanen  | Asiakasohjaaja           |               |               |
      | Tuula Mattila  | Palveluohjaaja           | RAI-arviointi |               |
      | Jukka Lahti    | Fysioterapeutti          |               |               |
      | Mervi Hakala   | Sairaanhoitaja           |               |               |
      | Paula Virtanen | Kotihoidon vastuuhoitaja |               |               |
      | Niina Laakso   | Muistihoitaja            |               |               |
      | Kirsi Mäkelä   | Muistikoordinaattori     |               |               |
      | Eeva Sipilä    | Kotihoidon ohjaaja       |               | esihenkilö    |
      | Risto Salonen  | Kotihoidon ohjaaja       |               | vastuuhenkilö |

  @S03 @D-02
  Tapaus: Tyttären yöllinen viesti käynnistää kaksi kelloa
    Oletetaan asiakas "Aune Virtala", 81 v
    Kun asiakkaan "Aune Virtala" läheinen lähettää viestin yksikköön "Kaapo" pe 4.12.2026 klo 23.40
    Niin lupaus "Käsittely alkaa samana päivänä" lasketaan alkaen ma 7.12.2026 klo 8.00
    Ja lupaus "Käsittely alkaa samana päivänä" päättyy ma 7.12.2026 klo 24.00
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy pe 11.12.2026 klo 24.00
    Ja määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" päättyy ti 15.12.2026 klo 24.00
    Ja määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" perustuu lakiin "Sosiaalihuoltolaki 36 §"

  @S04 @D-02
  Tapaus: Juhannusaattoa ei lasketa arkipäiväksi
    Oletetaan asiakas "Toivo Ranta", 77 v
    Kun asiakas "Toivo Ranta" soittaa ja "Raija Oksanen" vastaa to 24.6.2027 klo 14.00
    Niin määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" päättyy ti 6.7.2027 klo 24.00
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" päättyy to 1.7.2027 klo 24.00
    Ja määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" selityksessä lukee "juhannusaatto"

  @D-02
  Tapaus: Ammattilaisen ilmoitus käynnistää tavoitteen eikä lain määräaikaa
    Oletetaan asiakas "Martta Kivi", 84 v
    Kun ammattilainen ilmoittaa asiakkaasta "Martta Kivi" ja "Raija Oksanen" kirjaa ilmoituksen ma 11.1.2027 klo 9.00
    Niin määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" ei ole alkanut
    Ja tavoite "Arviointi alkaa seitsemässä arkipäivässä" päättyy ke 20.1.2027 klo 24.00

  @D-02
  Tapaus: Alle 75-vuotiaan arviointia koskee tavoite
    Oletetaan asiakas "Seppo Aro", 69 v
    Kun asiakas "Seppo Aro" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Niin tavoite "Arviointi alkaa seitsemässä arkipäivässä" on käynnissä
    Ja määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" ei ole alkanut

  @D-02
  Tapaus: Uusi puhelu ei aloita arvioinnin määräaikaa alusta
    Oletetaan asiakas "Helmi Saari", 80 v
    Kun asiakas "Helmi Saari" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja asiakas "Helmi Saari" soittaa ja "Raija Oksanen" vastaa pe 15.1. klo 10.00
    Niin määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" päättyy ke 20.1.2027 klo 24.00

  @D-02
  Tapaus: Arvioijan yhteydenotto aloittaa arvioinnin, varattu kotikäynti ei
    Oletetaan asiakas "Eino Laakkonen", 82 v
    Kun asiakas "Eino Laakkonen" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja "Raija Oksanen" päättää askeleen "Neuvonta ja ohjaus" tulokseen "Jatkuu"
    Ja "Raija Oksanen" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin askel "Kotikäynti" on avoinna
    Ja määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" on yhä käynnissä
    Kun "Tuula Mattila" soittaa asiakkaalle "Eino Laakkonen" askeleessa "Kotikäynti" ti 19.1. klo 9.30
    Niin määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" on pidetty
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" ei pitänyt

  @D-02
  Tapaus: Viidentenä arkipäivänä esihenkilö saa hälytyksen
    Oletetaan asiakas "Lempi Heikkilä", 79 v
    Kun asiakas "Lempi Heikkilä" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja kukaan ei tee mitään ma 18.1. klo 12.00 mennessä
    Niin "Eeva Sipilä" saa hälytyksen: määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä"
    Kun tulee ke 20.1. klo 12.01
    Niin "Risto Salonen" saa hälytyksen: määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" ke 20.1.2027 klo 12.00
    Ja määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" ei ole ylittynyt
    Kun tulee to 21.1. klo 0.01
    Niin määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" ylittyi
    Ja määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" ylitys kirjautui yksikölle "Kaapo"

  @D-07
  Tapaus: Palveluohjaaja on omatyöntekijä ja asiakas tietää sen
    Oletetaan asiakas "Saima Korhonen", 83 v
    Kun asiakas "Saima Korhonen" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja "Raija Oksanen" päättää askeleen "Neuvonta ja ohjaus" tulokseen "Jatkuu"
    Ja "Raija Oksanen" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Niin vastuutyöntekijä on "Tuula Mattila"
    Ja omatyöntekijä on "Tuula Mattila"

  @D-06 @D-07
  Tapaus: Arvion jälkeen omatyöntekijä on nimetty ja suunnitelman aika alkaa
    Oletetaan asiakas "Viljo Peltonen", 78 v
    Kun asiakas "Viljo Peltonen" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja "Raija Oksanen" päättää askeleen "Neuvonta ja ohjaus" tulokseen "Jatkuu"
    Ja "Raija Oksanen" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Tuula Mattila" päättää askeleen "Kotikäynti" tulokseen "Tehty" pe 15.1. klo 11.00
    Ja "Jukka Lahti" päättää askeleen "Toimintakyvyn arvio" tulokseen "Tehty"
    Ja "Mervi Hakala" päättää askeleen "Lääkitys ja ravitsemus" tulokseen "Ei tarpeen"
    Ja "Tuula Mattila" päättää askeleen "Läheisen kuuleminen" tulokseen "Kuultu"
    Ja "Tuula Mattila" päättää askeleen "Palvelutarpeen arviointi" tulokseen "Tukipalvelut"
    Niin määräaika "Omatyöntekijä nimetään" on pidetty
    Ja määräaika "Asiakassuunnitelma laaditaan" päättyy ma 1.3.2027 klo 24.00
    Ja määräaika "Päätös palvelusta" päättyy su 11.4.2027 klo 24.00
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Ja määräaika "Päätös tehdään ja pannaan toimeen kolmessa kuukaudessa" on yhä käynnissä

  @S11 @D-05
  Tapaus: Kolme kuukautta kuun lopusta päättyy helmikuun viimeisenä päivänä
    Oletetaan asiakas "Kaarlo Niemelä", 70 v
    Kun asiakas "Kaarlo Niemelä" soittaa ja "Raija Oksanen" vastaa ma 30.11.2026 klo 10.00
    Niin määräaika "Päätös palvelusta" päättyy su 28.2.2027 klo 24.00

  @D-05
  Tapaus: Päätös pitää päätöksen määräajan ja palvelu toimeenpanon
    Oletetaan asiakas "Hilja Nurmi", 85 v
    Kun asiakas "Hilja Nurmi" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja "Raija Oksanen" päättää askeleen "Neuvonta ja ohjaus" tulokseen "Jatkuu"
    Ja "Raija Oksanen" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Tuula Mattila" päättää askeleen "Kotikäynti" tulokseen "Tehty" pe 15.1. klo 11.00
    Ja "Jukka Lahti" päättää askeleen "Toimintakyvyn arvio" tulokseen "Tehty"
    Ja "Mervi Hakala" päättää askeleen "Lääkitys ja ravitsemus" tulokseen "Tehty"
    Ja "Tuula Mattila" päättää askeleen "Läheisen kuuleminen" tulokseen "Kuultu"
    Ja "Tuula Mattila" päättää askeleen "Palvelutarpeen arviointi" tulokseen "Tukipalvelut"
    Ja "Tuula Mattila" kirjaa suunnitelman, joka tarkistetaan to 15.4.2027 ja jonka tavoitteet ovat
      | Pääsen itse kauppaan |
    Ja "Tuula Mattila" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Tuula Mattila" päättää askeleen "Asiakassuunnitelma" tulokseen "Sovittu" ja vastaa
      | Tukipalvelut (ateria, turvapuhelin, siivous, asiointi) | kyllä |
      | Kotihoidon arviointijakso                              | ei    |
    Niin määräaika "Asiakassuunnitelma laaditaan" on pidetty
    Kun "Eeva Sipilä" päättää askeleen "Päätös palvelusta" tulokseen "Päätös tehty" ma 25.1. klo 10.00
    Niin määräaika "Päätös palvelusta" on pidetty
    Ja askel "Tukipalvelut alkavat" on avoinna
    Ja askel "Kotihoidon arviointijakso" ei ole avoinna
    Kun "Tuula Mattila" päättää askeleen "Tukipalvelut alkavat" tulokseen "Tehty" ke 27.1. klo 10.00
    Niin määräaika "Päätös tehdään ja pannaan toimeen kolmessa kuukaudessa" on pidetty

  Tapaus: Muistitutkimukset avautuvat muun avun rinnalle
    Oletetaan asiakas "Irma Koivu", 76 v
    Kun asiakas "Irma Koivu" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja "Raija Oksanen" päättää askeleen "Neuvonta ja ohjaus" tulokseen "Jatkuu"
    Ja "Raija Oksanen" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"
    Ja "Tuula Mattila" kirjaa tapahtuman "Huoli muistista"
    Niin askel "Muistitutkimukset" on avoinna
    Ja askel "Kotikäynti" on avoinna
    Ja vastuutyöntekijä on "Tuula Mattila"
    Ja tavoite "Tavoite: Muistitutkimukset" päättyy ma 8.2.2027 klo 24.00
    Kun "Niina Laakso" päättää askeleen "Muistitutkimukset" tulokseen "Ei muistisairautta" pe 5.2. klo 10.00
    Niin asia on avoinna
    Ja askel "Kotikäynti" on avoinna

  Tapaus: Yksin asuvan luona käydään samana päivänä, kun häntä ei tavoiteta
    Oletetaan asiakas "Arvo Salmela", 88 v
    Kun asiakas "Arvo Salmela" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja "Mervi Hakala" aloittaa askeleen "Turvallisuuskäynti kotiin" ti 12.1. klo 9.00
    Niin askel "Turvallisuuskäynti kotiin" on avoinna
    Ja tavoite "Tavoite: Turvallisuuskäynti kotiin" päättyy ti 12.1.2027 klo 24.00
    Kun "Mervi Hakala" päättää askeleen "Turvallisuuskäynti kotiin" tulokseen "Tavoitettu" klo 11.00
    Niin tavoite "Tavoite: Turvallisuuskäynti kotiin" on pidetty

  Tapaus: Kiireellinen kotikäynti tehdään samana päivänä myös sunnuntaina
    Oletetaan asiakas "Impi Harju", 90 v
    Kun asiakas "Impi Harju" soittaa kiireellisessä asiassa ja "Raija Oksanen" vastaa su 13.12.2026 klo 18.00
    Niin lupaus "Kiireellinen asia hoidetaan samana päivänä" päättyy su 13.12.2026 klo 24.00
    Kun "Raija Oksanen" päättää askeleen "Neuvonta ja ohjaus" tulokseen "Jatkuu"
    Ja "Raija Oksanen" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Hoidetaan heti"
    Ja "Mervi Hakala" päättää askeleen "Kiireellinen kotikäynti" tulokseen "Tilanne on vakaa" klo 20.00
    Niin lupaus "Kiireellinen asia hoidetaan samana päivänä" on pidetty
    Ja askel "Palvelutarpeen arviointi" on avoinna

  Tapaus: Neuvo riittää ja asia ratkeaa puhelussa
    Oletetaan asiakas "Veikko Linna", 72 v
    Kun asiakas "Veikko Linna" soittaa ja "Raija Oksanen" vastaa ti 1.12.2026 klo 9.12
    Ja "Raija Oksanen" päättää askeleen "Neuvonta ja ohjaus" tulokseen "Itsehoito tai järjestön tuki"
    Niin asia on päättynyt tulokseen "Ohjattu muualle"
    Ja lupaus "Käsittely alkaa samana päivänä" on pidetty
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on peruttu

  @M015
  Tapaus: Puolisot ovat saman asian asiakkaita, ja kello kuuluu ensimmäiselle
    Oletetaan asiakas "Elsa Nyman", 82 v
    Ja asiakas "Kalevi Nyman", 69 v
    Kun asiakas "Elsa Nyman" soittaa ja "Raija Oksanen" vastaa ma 11.1.2027 klo 9.00
    Ja "Raija Oksanen" liittää asiaan asiakkaan "Kalevi Nyman" suhteella "puoliso"
    Niin asiassa on mukana "Kalevi Nyman" suhteella "puoliso"
    Ja määräaika "Palvelutarpeen arviointi alkaa seitsemässä arkipäivässä" päättyy ke 20.1.2027 klo 24.00
    Ja tavoite "Arviointi alkaa seitsemässä arkipäivässä" ei ole alkanut
    Kun "Raija Oksanen" liittää asiaan asiakkaan "Kalevi Nyman" suhteella "puoliso"
    Niin se ei onnistu, koska "on jo"
